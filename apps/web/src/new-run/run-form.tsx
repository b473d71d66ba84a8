'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { KindSchema } from '@fovea/experiments/schema';
import { useQuery } from '@tanstack/react-query';
import { Dices } from 'lucide-react';
import { useMemo } from 'react';
import {
  get,
  useForm,
  useWatch,
  type FieldError,
  type Resolver,
  type UseFormRegisterReturn,
} from 'react-hook-form';
import { isProblem } from '../api/client.ts';
import { layersQuery } from '../api/queries.ts';
import { FormSurroundingsProvider } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { WidgetsProvider, type Widgets } from '../form/widgets.ts';
import { UnionEditor } from '../form/union-editor.tsx';
import { ModelLayersProvider } from '../models/model-layers.ts';
import { inputSchema } from '../runs/parameters.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Estimate } from './estimate.tsx';
import { fieldGroups } from './field-groups.ts';
import { DatasetEditor } from './dataset-editor.tsx';
import { formSchema, randomSeed, type RunFormValues } from './form-values.ts';
import { GroupPanel } from './group-panel.tsx';
import { ImageEditor } from './image-editor.tsx';
import { LayerEditor } from './layer-editor.tsx';
import { LayersEditor } from './layers-editor.tsx';
import { ModelEditor } from './model-editor.tsx';
import { ObjectiveEditor } from './objective-editor.tsx';
import { PresetChoice } from './preset-choice.tsx';
import { useSubmitRun } from './use-submit-run.ts';

const widgets: Widgets = {
  model: ModelEditor,
  dataset: DatasetEditor,
  objective: ObjectiveEditor,
  layer: LayerEditor,
  layers: LayersEditor,
  image: ImageEditor,
  transforms: UnionEditor,
};

interface RunFormProps {
  kind: KindSchema;
  start: RunFormValues;
  /** The run that this one is made from. */
  parent: string | null;
}

export function RunForm({ kind, start, parent }: RunFormProps) {
  const root = useMemo(() => inputSchema(kind.name)!, [kind]);
  const groups = useMemo(() => fieldGroups(root), [root]);
  const form = useForm<RunFormValues>({
    defaultValues: start,
    // The kind's schema is known at run time only, so its types are not.
    resolver: zodResolver(formSchema(kind)) as unknown as Resolver<RunFormValues>,
  });
  const { control, formState, handleSubmit, register, setValue } = form;
  const input = useWatch({ control, name: 'input' });
  const submit = useSubmitRun(kind.name, parent, form);
  const model = typeof input.model === 'string' ? input.model : '';
  const layers = useQuery({ ...layersQuery(model), enabled: model !== '' });
  const errorAt = (path: string) => {
    const error: FieldError | undefined = get(formState.errors, path);
    return error?.message;
  };

  function applyPreset(preset: Record<string, unknown>) {
    for (const [field, value] of Object.entries(preset)) {
      setValue(`input.${field}`, value, { shouldDirty: true, shouldValidate: formState.isSubmitted });
    }
  }

  return (
    <FormSurroundingsProvider value={{ root, errorAt }}>
      <WidgetsProvider value={widgets}>
        <ModelLayersProvider
          value={{ model, layers: layers.data ?? [], isPending: model !== '' && layers.isPending }}
        >
          <form
            noValidate
            aria-label={kind.title}
            onSubmit={handleSubmit((values) => submit.mutate(values))}
            className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
          >
            <div className="flex min-w-0 flex-col gap-4">
              <p className="text-muted">
                <strong className="font-semibold text-ink">{kind.title}.</strong> {kind.description}.
              </p>
              {submit.isError && <Refusal error={submit.error} />}
              {groups.map((group) => (
                <GroupPanel key={group.title} group={group} control={control} />
              ))}
            </div>
            <aside aria-label="This run" className="flex flex-col gap-4 lg:sticky lg:top-19">
              {Object.keys(kind.presets).length > 0 && (
                <Panel title="Presets">
                  <PresetChoice presets={kind.presets} input={input} onApply={applyPreset} />
                </Panel>
              )}
              <Panel title="This run">
                <div className="flex flex-col gap-4">
                  <Field
                    label="Title"
                    help="To find it by; the objective if left empty"
                    error={errorAt('title')}
                  >
                    {(aria) => <TextInput {...aria} {...register('title')} autoComplete="off" />}
                  </Field>
                  <Field
                    label="Seed"
                    help="The same input and seed give the same result"
                    error={errorAt('seed')}
                  >
                    {(aria) => (
                      <div className="flex gap-2">
                        <TextInput {...aria} {...asNumber(register('seed', { valueAsNumber: true }))} />
                        <Button
                          size="icon"
                          aria-label="Draw another seed"
                          onClick={() => setValue('seed', randomSeed())}
                        >
                          <Dices aria-hidden />
                        </Button>
                      </div>
                    )}
                  </Field>
                  <Field
                    label="Priority"
                    note="-100 to 100"
                    help="Higher starts earlier"
                    error={errorAt('priority')}
                  >
                    {(aria) => (
                      <TextInput {...aria} {...asNumber(register('priority', { valueAsNumber: true }))} />
                    )}
                  </Field>
                  <ForceSwitch
                    value={useWatch({ control, name: 'force' })}
                    onChange={(force) => setValue('force', force)}
                  />
                  <div className="border-t pt-3">
                    <p className="text-xs text-muted">Time on a free worker</p>
                    <Estimate kind={kind} input={input} />
                  </div>
                  <Button type="submit" look="primary" className="w-full" disabled={submit.isPending}>
                    {submit.isPending ? 'Queueing …' : 'Queue run'}
                  </Button>
                </div>
              </Panel>
            </aside>
          </form>
        </ModelLayersProvider>
      </WidgetsProvider>
    </FormSurroundingsProvider>
  );
}

const asNumber = (field: UseFormRegisterReturn) => ({
  ...field,
  type: 'number',
  inputMode: 'numeric' as const,
});

function ForceSwitch({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Field label="Run again" help="Even if the same run has succeeded before">
      {(aria) => <Switch {...aria} checked={value} onCheckedChange={onChange} />}
    </Field>
  );
}

function Refusal({ error }: { error: Error }) {
  const problem = isProblem(error) ? error.problem : null;
  return (
    <Notice tone="error" title={problem?.title ?? 'The run could not be queued'}>
      <p>{error.message}</p>
      {problem?.errors && problem.errors.length > 1 && (
        <ul className="mt-1 list-inside list-disc">
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer}>{detail}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
