'use client';
import type { Note } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { isProblem } from '../api/client.ts';
import { formatMoment } from '../format/time.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { MarkdownText } from './markdown.tsx';
import { annotationsQuery, saveNote } from './queries.ts';

/** The one text that a team keeps about something. */
export function NotePanel({ subject, note }: { subject: string; note: Note | null }) {
  const [isEdited, setIsEdited] = useState(false);
  return (
    <Panel
      title="Note"
      aside={
        !isEdited && (
          <Button look="quiet" size="small" onClick={() => setIsEdited(true)}>
            <Pencil aria-hidden />
            {note?.body ? 'Edit' : 'Write'}
          </Button>
        )
      }
    >
      {isEdited ? (
        <NoteEditor subject={subject} note={note} onDone={() => setIsEdited(false)} />
      ) : (
        <NoteText note={note} />
      )}
    </Panel>
  );
}

function NoteText({ note }: { note: Note | null }) {
  if (!note?.body) return <p className="text-muted">Nobody has written anything yet.</p>;
  return (
    <>
      <MarkdownText>{note.body}</MarkdownText>
      <p className="mt-3 text-xs text-muted">
        {note.updatedBy.name}, {formatMoment(note.updatedAt)}
      </p>
    </>
  );
}

interface NoteEditorProps {
  subject: string;
  note: Note | null;
  onDone: () => void;
}

function NoteEditor({ subject, note, onDone }: NoteEditorProps) {
  const queries = useQueryClient();
  const [body, setBody] = useState(note?.body ?? '');
  // What the text is written on, whatever comes in while it is written.
  const [version, setVersion] = useState(note?.version ?? 0);
  const { queryKey } = annotationsQuery(subject);
  const save = useMutation({
    mutationFn: () => saveNote(subject, body, version),
    onSuccess: (saved) => {
      queries.setQueryData(queryKey, (known) => known && { ...known, note: saved });
      onDone();
    },
    onError: () => queries.invalidateQueries({ queryKey }),
  });
  const isConflict = isProblem(save.error, 409);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error && (
        <Notice tone={isConflict ? 'warning' : 'error'} title={save.error.message}>
          {isConflict && note && (
            <>
              <p className="mb-2">It now says:</p>
              <MarkdownText>{note.body}</MarkdownText>
              <div className="mt-3 flex flex-wrap gap-2">
                <Button
                  size="small"
                  onClick={() => setVersion(note.version)}
                  disabled={version === note.version}
                >
                  Replace it with my text
                </Button>
                <Button size="small" onClick={onDone}>
                  Drop my text
                </Button>
              </div>
            </>
          )}
        </Notice>
      )}
      <TextArea
        aria-label="Note, in Markdown"
        rows={8}
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
