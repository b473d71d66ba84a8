'use client';
import { unwrap } from '@fovea/client';
import { findStimulus, stimuli } from '@fovea/data/stimuli';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useState, type FormEvent } from 'react';
import { api } from '../api/client.ts';
import { datasetHref } from '../datasets/dataset-href.ts';
import { Field } from '../form/field.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Panel } from '../ui/panel.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import { readForm, usualTexts } from './stimulus-form.ts';
import { StimulusPreview } from './stimulus-preview.tsx';

const SIDE = { smallest: 8, largest: 2048, usual: 224 };

/** Chooses a stimulus and the values of its parameters, and shows what that comes to. */
export function NewStimulusSetPage() {
  const router = useRouter();
  const queries = useQueryClient();
  const [kind, setKind] = useState(stimuli[0]!.name);
  const stimulus = findStimulus(kind);
  const [texts, setTexts] = useState(usualTexts(stimulus));
  const [name, setName] = useState('');
  const [side, setSide] = useState(SIDE.usual);
  const form = readForm(stimulus, texts);
  const shown = useDeferredValue({ stimulus, axes: form.axes, count: form.count, side });
  const isSide = Number.isInteger(side) && side >= SIDE.smallest && side <= SIDE.largest;

  const create = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.PUT('/datasets/{dataset}/stimuli', {
          params: { path: { dataset: name } },
          body: { stimulus: kind, height: side, width: side, parameters: form.parameters },
        }),
      ),
    onSuccess: async (dataset) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      router.push(datasetHref(dataset.name));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  const geometry = Object.keys(stimulus.parameters).filter((key) => key in stimulus.usual || !isLook(key));
  const look = Object.keys(stimulus.parameters).filter((key) => !geometry.includes(key));
  return (
    <>
      <PageHeading
        title="New stimulus set"
        summary="Every combination of the values given is an image: 0, 45, 90 names values, 0:360:15 those from 0 to below 360 in steps of 15. An empty field has its default."
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Panel title="Stimulus">
            <div className="flex flex-col gap-3">
              <Field label="Kind" help={stimulus.description}>
                {(control) => (
                  <Select
                    {...control}
                    value={kind}
                    options={stimuli.map((each) => ({ value: each.name, label: each.title }))}
                    onChange={(next) => {
                      setKind(next);
                      setTexts(usualTexts(findStimulus(next)));
                    }}
                  />
                )}
              </Field>
              <ParameterFields
                stimulus={stimulus}
                names={geometry}
                texts={texts}
                faults={form.faults}
                onChange={setTexts}
              />
              <details>
                <summary className="cursor-pointer font-medium">Colours and rendering</summary>
                <div className="mt-3">
                  <ParameterFields
                    stimulus={stimulus}
                    names={look}
                    texts={texts}
                    faults={form.faults}
                    onChange={setTexts}
                  />
                </div>
              </details>
            </div>
          </Panel>
          <Panel title="Dataset">
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label="Name">
                {(control) => (
                  <TextInput
                    {...control}
                    required
                    maxLength={64}
                    pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
                    title="Letters, digits, dots, dashes and underscores, beginning with a letter or digit"
                    value={name}
                    onChange={({ target }) => setName(target.value)}
                  />
                )}
              </Field>
              <Field
                label="Side"
                note="px"
                error={isSide ? undefined : `From ${SIDE.smallest} to ${SIDE.largest} pixels`}
              >
                {(control) => (
                  <TextInput
                    {...control}
                    type="number"
                    value={Number.isNaN(side) ? '' : side}
                    onChange={({ target }) => setSide(target.valueAsNumber)}
                  />
                )}
              </Field>
            </div>
            {create.isError && (
              <Notice tone="error" title="The set was not registered">
                {create.error.message}
              </Notice>
            )}
            <Button
              type="submit"
              look="primary"
              className="mt-4"
              disabled={!form.axes || !isSide || create.isPending}
            >
              Register
            </Button>
          </Panel>
        </form>
        {shown.axes && isSide && (
          <StimulusPreview
            stimulus={shown.stimulus}
            size={{ height: shown.side, width: shown.side }}
            axes={shown.axes}
            count={shown.count}
          />
        )}
      </div>
    </>
  );
}

/** How a stimulus is painted, whatever its shape. */
const isLook = (parameter: string) => /^(color|boundary|blur|fade|alias)/.test(parameter);
