'use client';
import type { Comment } from '@fovea/client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { formatMoment } from '../format/time.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Panel } from '../ui/panel.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { MarkdownText } from './markdown.tsx';
import { addComment, changeComment, commentsQuery, deleteComment } from './queries.ts';

/** What was said about something, in the order in which it was said. `count` is what is known before they are here. */
export function CommentsPanel({ subject, count }: { subject: string; count: number }) {
  const comments = useInfiniteQuery(commentsQuery(subject));
  const items = comments.data?.pages.flatMap((page) => page.items);
  return (
    <Panel title="Comments" aside={<span className="text-xs text-muted">{items?.length ?? count}</span>}>
      {comments.isPending && count > 0 && <Skeleton className="mb-4 h-20" />}
      {comments.isError && (
        <QueryError what="the comments" error={comments.error} onRetry={comments.refetch} />
      )}
      <ol className="flex flex-col gap-4">
        {items?.map((comment) => (
          <CommentItem key={comment.id} comment={comment} />
        ))}
      </ol>
      {comments.hasNextPage && (
        <Button size="small" className="mt-3" onClick={() => comments.fetchNextPage()}>
          More comments
        </Button>
      )}
      <NewComment subject={subject} />
    </Panel>
  );
}

function CommentItem({ comment }: { comment: Comment }) {
  const [isEdited, setIsEdited] = useState(false);
  const change = useChange(comment.subject, (body: string) => changeComment(comment.id, body));
  const remove = useChange(comment.subject, () => deleteComment(comment.id));
  return (
    <li>
      <div className="flex items-center gap-2 text-xs text-muted">
        <span className="font-medium text-ink">{comment.author.name}</span>
        <time dateTime={comment.createdAt}>{formatMoment(comment.createdAt)}</time>
        {comment.editedAt && <span>edited</span>}
        {comment.own && !isEdited && (
          <span className="ml-auto flex">
            <Button
              look="quiet"
              size="small"
              className="px-1.5"
              aria-label="Edit the comment"
              onClick={() => setIsEdited(true)}
            >
              <Pencil aria-hidden className="size-3.5!" />
            </Button>
            <ConfirmDialog
              trigger={
                <Button look="quiet" size="small" className="px-1.5" aria-label="Delete the comment">
                  <Trash2 aria-hidden className="size-3.5!" />
                </Button>
              }
              title="Delete this comment?"
              confirm="Delete the comment"
              onConfirm={() => remove.mutate(undefined)}
            >
              It cannot be brought back.
            </ConfirmDialog>
          </span>
        )}
      </div>
      {isEdited ? (
        <CommentForm
          start={comment.body}
          label="Comment"
          submit="Save"
          onSubmit={(body) => change.mutate(body, { onSuccess: () => setIsEdited(false) })}
          onCancel={() => setIsEdited(false)}
        />
      ) : (
        <MarkdownText>{comment.body}</MarkdownText>
      )}
    </li>
  );
}

function NewComment({ subject }: { subject: string }) {
  // Another key is another form: an empty one.
  const [written, setWritten] = useState(0);
  const add = useChange(subject, (body: string) => addComment(subject, body));
  return (
    <CommentForm
      key={written}
      start=""
      label="New comment"
      submit="Comment"
      onSubmit={(body) => add.mutate(body, { onSuccess: () => setWritten(written + 1) })}
    />
  );
}

function useChange<Input>(subject: string, mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => queries.invalidateQueries({ queryKey: commentsQuery(subject).queryKey }),
    onError: (error) => toast.error(error.message),
  });
}

interface CommentFormProps {
  start: string;
  label: string;
  submit: string;
  onSubmit: (body: string) => void;
  onCancel?: () => void;
}

function CommentForm({ start, label, submit, onSubmit, onCancel }: CommentFormProps) {
  const [body, setBody] = useState(start);
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(body);
      }}
    >
      <TextArea
        aria-label={label}
        placeholder="Markdown"
        rows={2}
        className="min-h-16"
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      <div className="flex justify-end gap-2">
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" size="small" disabled={body.trim() === ''}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
