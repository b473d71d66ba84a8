import { Compass } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        icon={Compass}
        title="There is no page at this address"
        action={
          <Button asChild>
            <Link href="/runs">All runs</Link>
          </Button>
        }
      >
        The link may be mistyped, or what it named may have been deleted.
      </EmptyState>
    </>
  );
}
