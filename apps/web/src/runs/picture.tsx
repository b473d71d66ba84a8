import { ImageOff } from 'lucide-react';
import { throughDashboard } from '../api/client.ts';
import { classNames } from '../ui/class-names.ts';

interface PictureProps {
  /** As the API gave it. */
  url: string | undefined;
  alt: string;
  className?: string;
}

/** A picture that a run made, in a box that keeps its size whether the picture is there yet or not. */
export function Picture({ url, alt, className }: PictureProps) {
  return (
    <div
      className={classNames(
        'flex items-center justify-center overflow-hidden rounded-md bg-sunken',
        className,
      )}
    >
      {url ? (
        // Signed addresses expire, so there is nothing for an image optimiser to keep.
        <img src={throughDashboard(url)} alt={alt} className="size-full object-contain" />
      ) : (
        <>
          <ImageOff aria-hidden className="size-1/4 max-w-8 text-line-strong" />
          <span className="sr-only">No picture yet</span>
        </>
      )}
    </div>
  );
}
