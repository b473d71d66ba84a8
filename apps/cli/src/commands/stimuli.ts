/** `fovea dataset stimuli`: a set of drawn stimuli as a dataset of this machine, and of the server where one answers. */
import { unwrap } from '@fovea/client';
import { imageCount, registerStimulusSet, type StimulusSetSpecification } from '@fovea/data';
import { foveaHome } from '@fovea/models';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { sizeOf } from '../preprocessing-options.ts';
import { reachServerIfAny } from '../server.ts';
import { printJson } from '../table.ts';

export interface StimuliOptions {
  readonly api?: string;
  readonly json?: boolean;
  readonly name: string;
  /** `224` or `192x256`, height first. */
  readonly size: string;
  readonly param: readonly string[];
}

export async function makeStimuli(stimulus: string, options: StimuliOptions): Promise<ExitCode> {
  const { name, size, param, json, api } = options;
  const values = Object.fromEntries(param.map(parsed));
  const specification = { stimulus, ...sizeOf(size), ...(param.length > 0 && { parameters: values }) };
  const { manifest } = await registerStimulusSet(name, specification, foveaHome());
  const server = await reachServerIfAny(api);
  if (server) unwrap(await server.client.POST('/datasets', { body: manifest }));
  if (json) printJson({ ...manifest, server: server?.url ?? null });
  else {
    const where = server ? ` here and at ${server.url}` : '';
    process.stdout.write(`${name} is registered${where}: ${imageCount(manifest)} images\n`);
  }
  return exitCodes.ok;
}

type Values = NonNullable<StimulusSetSpecification['parameters']>[string];

/** `radius=10,20` is a list of numbers, `colorA=#ff0000` a text, `boundaryLine=true` a truth value. */
function parsed(text: string): [string, Values] {
  const at = text.indexOf('=');
  if (at < 1) throw badInput(`--param takes name=value or name=value,value, not "${text}"`);
  const values = text
    .slice(at + 1)
    .split(',')
    .map(valueOf);
  return [text.slice(0, at), values.length === 1 ? values[0]! : values];
}

function valueOf(text: string): string | number | boolean | null {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}
