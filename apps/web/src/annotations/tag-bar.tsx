'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { addTag, annotationsQuery, removeTag, tagsQuery } from './queries.ts';

/** The tags of something, to be added and taken away; those in use elsewhere are proposed. */
export function TagBar({ subject, tags }: { subject: string; tags: readonly string[] }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: ({ name, isNew }: { name: string; isNew: boolean }) =>
      (isNew ? addTag : removeTag)(subject, name),
    onSuccess: ({ tags: left }) => {
      const { queryKey } = annotationsQuery(subject);
      queries.setQueryData(queryKey, (known) => known && { ...known, tags: left });
      void queries.invalidateQueries({ queryKey: tagsQuery.queryKey });
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label="Tags" className="contents">
        {tags.map((name) => (
          <li
            key={name}
            className="inline-flex items-center gap-0.5 rounded-full bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-xs"
          >
            {name}
            <button
              type="button"
              aria-label={`Remove the tag ${name}`}
              onClick={() => change.mutate({ name, isNew: false })}
              className="flex size-5 items-center justify-center rounded-full hover:bg-surface"
            >
              <X aria-hidden className="size-3" />
            </button>
          </li>
        ))}
      </ul>
      <NewTag taken={tags} onAdd={(name) => change.mutate({ name, isNew: true })} />
    </div>
  );
}

function NewTag({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const { data: known = [] } = useQuery({ ...tagsQuery, enabled: isOpen });
  return (
    <form
      className="flex items-center"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onAdd(name.trim());
        setName('');
      }}
    >
      <TextInput
        aria-label="New tag"
        placeholder="Add a tag"
        list={id}
        maxLength={60}
        value={name}
        onFocus={() => setIsOpen(true)}
        onChange={({ target }) => setName(target.value)}
        className="h-7 w-32 text-xs"
      />
      <datalist id={id}>
        {known
          .filter((tag) => !taken.includes(tag.name))
          .map((tag) => (
            <option key={tag.name} value={tag.name}>{`${tag.name} (${tag.count})`}</option>
          ))}
      </datalist>
      <Button type="submit" look="quiet" size="small" className="px-1.5" aria-label="Add the tag">
        <Plus aria-hidden />
      </Button>
    </form>
  );
}
