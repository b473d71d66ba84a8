'use client';
import type { RunStatus } from '@fovea/client';
import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { debounce } from 'nuqs';
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { modelsQuery } from '../api/queries.ts';
import { kinds } from '../experiments/kinds.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { isFiltered, NO_FILTERS, useFilterParams } from './filters.ts';
import { STATUSES, statusLabel } from './status.tsx';

/** Radix has no option for "none", so it gets a name that no model or kind can have. */
const ANY = '*';

export function RunFilterBar({ aside }: { aside: ReactNode }) {
  const [filters, setFilters] = useFilterParams();
  const models = useQuery(modelsQuery);
  const modelNames = new Set([
    ...(models.data ?? []).map((model) => model.name),
    ...(filters.model ? [filters.model] : []),
  ]);
  return (
    <search aria-label="Filter the runs" className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-48 flex-1 sm:max-w-64">
        <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-muted" />
        <TextInput
          type="search"
          aria-label="Search titles and objectives"
          placeholder="Title or objective"
          className="pl-8"
          value={filters.search}
          onChange={(event) =>
            void setFilters({ search: event.target.value || null }, { limitUrlUpdates: debounce(250) })
          }
        />
      </div>
      <ToggleGroup.Root
        type="multiple"
        aria-label="Status"
        value={filters.status}
        onValueChange={(status) =>
          void setFilters({ status: status.length > 0 ? (status as RunStatus[]) : null })
        }
        className="flex max-w-full overflow-x-auto rounded-md border border-line-strong/60 bg-surface p-0.5"
      >
        {STATUSES.map((status) => (
          <ToggleGroup.Item
            key={status}
            value={status}
            className="h-7.5 rounded px-2 text-muted hover:text-ink focus-visible:outline-offset-0 data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent"
          >
            {statusLabel(status)}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <Select
        aria-label="Model"
        className="w-40"
        value={filters.model ?? ANY}
        onChange={(model) => void setFilters({ model: model === ANY ? null : model })}
        options={[
          { value: ANY, label: 'Any model' },
          ...[...modelNames].map((name) => ({ value: name, label: name })),
        ]}
      />
      {kinds.length > 1 && (
        <Select
          aria-label="Kind"
          className="w-44"
          value={filters.kind ?? ANY}
          onChange={(kind) => void setFilters({ kind: kind === ANY ? null : kind })}
          options={[
            { value: ANY, label: 'Any kind' },
            ...kinds.map(({ name, title }) => ({ value: name, label: title })),
          ]}
        />
      )}
      {isFiltered(filters) && (
        <Button look="quiet" onClick={() => void setFilters(NO_FILTERS)}>
          <X aria-hidden />
          Clear
        </Button>
      )}
      <div className="ml-auto">{aside}</div>
    </search>
  );
}
