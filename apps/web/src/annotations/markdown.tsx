import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { classNames } from '../ui/class-names.ts';

/** Below the headings of the page that shows the text. */
const headings = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' } as const;

const look = classNames(
  'space-y-2 break-words [&_a]:text-accent [&_a]:underline [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_blockquote]:text-muted',
  '[&_code]:font-mono [&_code]:text-xs [&_h3]:text-base [&_h3]:font-semibold [&_h4]:font-semibold [&_h5]:font-semibold',
  '[&_ol]:list-decimal [&_ol]:pl-5 [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-2',
  '[&_table]:text-left [&_td]:border [&_td]:px-2 [&_th]:border [&_th]:px-2 [&_ul]:list-disc [&_ul]:pl-5',
);

/** A text that somebody wrote: no HTML of theirs is run, and no picture of theirs is fetched. */
export function MarkdownText({ children }: { children: string }) {
  return (
    <div className={look}>
      <Markdown
        remarkPlugins={[remarkGfm]}
        disallowedElements={['img']}
        components={{ ...headings, a: ExternalLink }}
      >
        {children}
      </Markdown>
    </div>
  );
}

function ExternalLink({ href, children }: { href?: string; children?: React.ReactNode }) {
  return (
    <a href={href} rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
