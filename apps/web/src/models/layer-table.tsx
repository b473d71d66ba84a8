'use client';
import type { Layer } from '@fovea/client';
import Link from 'next/link';
import { useState } from 'react';
import { formatInteger } from '../format/number.ts';
import { layerHref } from '../layers/addresses.ts';
import { TextInput } from '../ui/text-input.tsx';
import { axesText, hasUnits, receptiveFieldText, shapeText } from './layer-facts.ts';

export function LayerTable({ model, layers }: { model: string; layers: readonly Layer[] }) {
  const [search, setSearch] = useState('');
  const needle = search.toLowerCase();
  const found = layers.filter(({ name, kind }) => `${name} ${kind}`.toLowerCase().includes(needle));
  return (
    <>
      <TextInput
        type="search"
        aria-label="Search layers"
        placeholder="Name or kind"
        className="mb-3 max-w-64"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <div className="-mx-4 overflow-x-auto">
        <table className="w-full text-left">
          <thead className="border-b text-xs text-muted">
            <tr>
              <th scope="col" className="h-8 px-4 font-medium">
                Layer
              </th>
              <th scope="col" className="px-3 font-medium">
                Kind
              </th>
              <th scope="col" className="px-3 text-right font-medium">
                Shape
              </th>
              <th scope="col" className="px-3 text-right font-medium">
                Channels
              </th>
              <th scope="col" className="px-3 text-right font-medium max-sm:hidden">
                Receptive field
              </th>
              <th scope="col" className="px-4 text-right font-medium max-sm:hidden">
                Parameters
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((layer) => (
              <tr key={layer.name} className="border-b last:border-b-0 hover:bg-sunken/60">
                <th scope="row" className="px-4 py-1.5 font-normal">
                  {hasUnits(layer) ? (
                    <Link
                      href={layerHref(model, layer.name)}
                      className="font-mono text-xs hover:text-accent hover:underline"
                    >
                      {layer.name}
                    </Link>
                  ) : (
                    <span className="font-mono text-xs">{layer.name}</span>
                  )}
                </th>
                <td className="px-3 text-xs text-muted">{layer.kind}</td>
                <td className="px-3 text-right text-xs whitespace-nowrap" title={axesText(layer)}>
                  {shapeText(layer)}
                </td>
                <td className="px-3 text-right">{hasUnits(layer) ? formatInteger(layer.channels) : '–'}</td>
                <td className="px-3 text-right whitespace-nowrap max-sm:hidden">
                  {receptiveFieldText(layer)}
                </td>
                <td className="px-4 text-right max-sm:hidden">
                  {layer.parameters === 0 ? '–' : formatInteger(layer.parameters)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 && <p className="p-4 text-muted">No layer matches “{search}”.</p>}
      </div>
    </>
  );
}
