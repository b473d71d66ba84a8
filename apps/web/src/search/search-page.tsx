'use client';
import { Tabs } from 'radix-ui';
import { PageHeading } from '../ui/page-heading.tsx';
import { ImageSearch } from './image-search.tsx';
import { useSearchParams } from './search-params.ts';
import { UnitSearch } from './unit-search.tsx';

const tab =
  'h-9 border-b-2 border-transparent px-1 text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink';

export function SearchPage() {
  const [{ by }, setParams] = useSearchParams();
  return (
    <>
      <PageHeading
        title="Search"
        summary="Units of all models, by what is known of them or by an image of yours."
      />
      <Tabs.Root value={by} onValueChange={(value) => void setParams({ by: value as typeof by })}>
        <Tabs.List aria-label="Search by" className="mb-4 flex gap-5 border-b">
          <Tabs.Trigger value="units" className={tab}>
            Tags, texts and measures
          </Tabs.Trigger>
          <Tabs.Trigger value="image" className={tab}>
            An image
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="units" className="outline-none">
          <UnitSearch />
        </Tabs.Content>
        <Tabs.Content value="image" className="outline-none">
          <ImageSearch />
        </Tabs.Content>
      </Tabs.Root>
    </>
  );
}
