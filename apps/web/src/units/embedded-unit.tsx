'use client';
import { useQuery } from '@tanstack/react-query';
import { throughDashboard } from '../api/client.ts';
import { formatUnit } from '../models/unit.ts';
import { QueryError } from '../ui/query-error.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { groupPictures } from './picture-groups.ts';
import { unitQuery, type UnitAddress } from './queries.ts';
import { unitHref } from './unit-href.ts';
import { keyFacts } from './unit-summary.ts';

/** Pictures that fit side by side. */
const MOST = 4;

/** A unit in little, for pages of others; it leads to the whole. */
export function EmbeddedUnit(address: UnitAddress) {
  const { data: unit, error, refetch } = useQuery(unitQuery(address));
  if (error) return <QueryError what="this unit" error={error} onRetry={refetch} />;
  const name = formatUnit(address);
  const groups = unit ? groupPictures(unit.pictures) : [];
  return (
    <article className="mx-auto max-w-md rounded-lg border bg-surface p-3">
      <h1 className="flex items-baseline justify-between gap-3">
        <a
          href={unitHref(address.model, address)}
          target="_blank"
          rel="noopener"
          className="truncate font-mono font-semibold hover:underline"
        >
          {name}
        </a>
        <span className="truncate text-xs text-muted">{address.model} · Fovea</span>
      </h1>
      <div className="mt-2 grid min-h-28 grid-cols-4 gap-2">
        {!unit && <Skeleton className="col-span-4 h-28" />}
        {unit && groups.length === 0 && <p className="text-muted">There is no picture of this unit yet.</p>}
        {groups.slice(0, MOST).map(({ title, pictures }) => (
          <figure key={title} className="text-xs text-muted">
            <img
              src={throughDashboard(pictures[0]!.url)}
              alt={`${name}: ${title}`}
              className="aspect-square w-full rounded-md object-cover"
            />
            <figcaption className="truncate" title={title}>
              {title}
            </figcaption>
          </figure>
        ))}
      </div>
      <dl className="mt-2 flex min-h-9 flex-wrap gap-x-4 gap-y-0.5 text-xs">
        {unit &&
          keyFacts(unit).map(({ title, value }) => (
            <div key={title} className="flex gap-1">
              <dt className="text-muted">{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
