'use client';
import type { FoundUnit } from '@fovea/client';
import { measures } from '@fovea/experiments/schema';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Search, SearchX, X } from 'lucide-react';
import Link from 'next/link';
import { debounce } from 'nuqs';
import { modelsQuery } from '../api/queries.ts';
import { formatValue } from '../format/number.ts';
import { findMeasure } from '../layers/measure-names.ts';
import { RangeFilter } from '../layers/range-filter.tsx';
import { Picture } from '../runs/picture.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { QueryError } from '../ui/query-error.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { unitHref } from '../units/unit-href.ts';
import { foundUnitsQuery, tagsQuery } from './queries.ts';
import { hasCriteria, useSearchParams } from './search-params.ts';

/** Radix has no option for "none", so it gets a name that no tag or model can have. */
const ANY = '/';

/** Measures by their names alone: what they rest on differs from model to model. */
const columns = measures.map(({ name }) => ({ name, subject: '', subjectName: null }));

export function UnitSearch() {
  const [params, setParams] = useSearchParams();
  const isAsked = hasCriteria(params);
  const found = useInfiniteQuery({ ...foundUnitsQuery(params), enabled: isAsked });
  const units = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Criteria />
      {!isAsked && (
        <EmptyState icon={Search} title="What are you looking for?">
          Part of a note or comment, a tag such as family:curve, or bounds of a measure such as a curve
          selectivity of at least 0.8.
        </EmptyState>
      )}
      {isAsked && found.isPending && <Skeleton className="h-72 rounded-lg" />}
      {found.isError && <QueryError what="the units" error={found.error} onRetry={found.refetch} />}
      {isAsked && found.isSuccess && units.length === 0 && (
        <EmptyState
          icon={SearchX}
          title="No unit is like that"
          action={
            <Button onClick={() => void setParams({ text: null, tag: null, range: null, model: null })}>
              Clear the search
            </Button>
          }
        />
      )}
      {isAsked && (
        <ul
          aria-label="Units found"
          className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4"
        >
          {units.map((unit) => (
            <li key={`${unit.model}/${unit.layer}/${unit.channel}`}>
              <FoundUnitCard unit={unit} />
            </li>
          ))}
        </ul>
      )}
      {isAsked && found.hasNextPage && (
        <Button className="mt-4" onClick={() => found.fetchNextPage()} disabled={found.isFetchingNextPage}>
          {found.isFetchingNextPage ? 'Loading …' : 'Load more'}
        </Button>
      )}
    </>
  );
}

function Criteria() {
  const [params, setParams] = useSearchParams();
  const tags = useQuery(tagsQuery);
  const models = useQuery(modelsQuery);
  const others = (tags.data ?? []).filter(({ name }) => !params.tag.includes(name));
  return (
    <search aria-label="Search units" className="mb-4 flex flex-wrap items-center gap-2">
      <div className="relative min-w-56 flex-1 sm:max-w-96">
        <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-muted" />
        <TextInput
          type="search"
          aria-label="Text of notes and comments"
          placeholder="Text of notes and comments"
          className="pl-8"
          maxLength={200}
          value={params.text}
          onChange={({ target }) =>
            void setParams({ text: target.value || null }, { limitUrlUpdates: debounce(250) })
          }
        />
      </div>
      {others.length > 0 && (
        <Select
          aria-label="Add a tag"
          className="w-44"
          value={ANY}
          onChange={(name) => name !== ANY && void setParams({ tag: [...params.tag, name] })}
          options={[
            { value: ANY, label: 'Tag …' },
            ...others.map(({ name, count }) => ({ value: name, label: `${name} (${count})` })),
          ]}
        />
      )}
      <Select
        aria-label="Model"
        className="w-44"
        value={params.model ?? ANY}
        onChange={(model) => void setParams({ model: model === ANY ? null : model })}
        options={[
          { value: ANY, label: 'Any model' },
          ...(models.data ?? []).map(({ name }) => ({ value: name, label: name })),
        ]}
      />
      <RangeFilter
        columns={columns}
        ranges={params.range}
        onChange={(range) => void setParams({ range: range.length > 0 ? range : null })}
      />
      {params.tag.map((name) => (
        <span
          key={name}
          className="inline-flex h-7 items-center gap-1 rounded-full border bg-surface pr-1 pl-2.5 text-xs"
        >
          {name}
          <button
            type="button"
            aria-label={`Remove ${name}`}
            className="rounded-full p-1 text-muted hover:bg-sunken hover:text-ink"
            onClick={() => void setParams({ tag: params.tag.filter((other) => other !== name) })}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
    </search>
  );
}

function FoundUnitCard({ unit }: { unit: FoundUnit }) {
  const { model, layer, channel, thumbnail, tags, excerpt, values } = unit;
  return (
    <Link
      href={unitHref(model, { layer, channel })}
      prefetch={false}
      className="flex h-full gap-3 rounded-lg border bg-surface p-3 hover:border-accent"
    >
      <Picture url={thumbnail ?? undefined} alt="" className="size-20 shrink-0" />
      <span className="min-w-0 text-xs">
        <span className="block truncate font-mono text-sm font-medium">
          {layer}:{channel}
        </span>
        <span className="block truncate font-mono text-muted">{model}</span>
        {excerpt && <span className="mt-1 line-clamp-2 block break-words">{excerpt}</span>}
        {values.map(({ measure, value }) => (
          <span key={measure} className="block">
            <span className="text-muted">{findMeasure(measure)?.title ?? measure}</span> {formatValue(value)}
          </span>
        ))}
        <span className="mt-1 flex flex-wrap gap-1">
          {tags.map((tag) => (
            <span key={tag} className="rounded-full bg-sunken px-1.5 text-muted">
              {tag}
            </span>
          ))}
        </span>
      </span>
    </Link>
  );
}
