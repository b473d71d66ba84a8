import {
  findKindSchema,
  kindSchemas,
  type DatasetInfo,
  type KindSchema,
  type ModelInfo,
} from '@fovea/experiments/schema';
import { datasetManifestSchema } from '@fovea/data';
import type { Manifest } from '@fovea/models';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { closest } from '@fovea/models/closest';
import { findDataset, type DatasetRow } from '../registry/datasets.ts';
import { findModel, type ModelWithLayers } from '../registry/models.ts';
import type { RunRequest } from './create.ts';

export interface ValidRequest {
  readonly kind: KindSchema;
  /** With defaults filled in. */
  readonly input: unknown;
  readonly model: ModelWithLayers | null;
  readonly dataset: DatasetRow | null;
  readonly datasetInfo: DatasetInfo | null;
}

/** One thing wrong with a request; `path` points into the input. */
export interface RequestIssue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly nearest?: readonly string[];
}

/**
 * Throws KIND_UNKNOWN, MODEL_NOT_FOUND, DATASET_NOT_FOUND, or INPUT_INVALID, whose details list every issue.
 * @param known that need not be read again
 */
export async function validateRequest(
  db: Database,
  request: Pick<RunRequest, 'kind' | 'input'>,
  known?: ModelWithLayers,
): Promise<ValidRequest> {
  const kind = requireKind(request.kind);
  const parsed = kind.input.safeParse(request.input);
  if (!parsed.success) {
    throw inputInvalid(
      kind,
      parsed.error.issues.flatMap((issue) => requestIssues(kind, issue)),
    );
  }
  const input = parsed.data;
  const model = await named(kind.model(input), async (name) =>
    known?.name === name ? known : findModel(db, name),
  );
  const dataset = await named(kind.dataset(input), (name) => findDataset(db, name));
  const facts = dataset && datasetInfo(dataset);
  const issues = model ? kind.check(input, modelInfo(model), facts) : [];
  if (issues.length > 0) throw inputInvalid(kind, issues);
  return { kind, input, model, dataset, datasetInfo: facts };
}

/** One issue, or one for each key that is not known. */
function requestIssues(kind: KindSchema, issue: z.core.$ZodIssue): RequestIssue[] {
  const { code, message } = issue;
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') return [{ path, code, message }];
  const known = path.length === 0 && kind.input instanceof z.ZodObject ? Object.keys(kind.input.shape) : [];
  return issue.keys.map((key) => ({
    path: [...path, key],
    code,
    message: `There is no ${JSON.stringify(key)}`,
    nearest: closest(key, known),
  }));
}

function requireKind(name: string): KindSchema {
  const kind = findKindSchema(name);
  if (kind) return kind;
  const known = kindSchemas.map((schema) => schema.name);
  throw new PlatformError(
    'KIND_UNKNOWN',
    `No kind of experiment is called ${JSON.stringify(name)}; there are ${known.join(', ')}`,
    { nearest: closest(name, known) },
  );
}

async function named<Row>(name: string | null, find: (name: string) => Promise<Row>): Promise<Row | null> {
  return name === null ? null : find(name);
}

const datasetInfo = ({ name, manifest }: DatasetRow): DatasetInfo => {
  const { classes, splits, columns } = datasetManifestSchema.parse(manifest);
  return { name, classes, splits, columns };
};

const modelInfo = ({ name, manifest, layers, classes }: ModelWithLayers): ModelInfo => ({
  name,
  preprocessing: (manifest as Manifest).preprocessing,
  hookPoints: layers,
  classes: classes.length > 0 ? classes : null,
});

function inputInvalid(kind: KindSchema, issues: readonly RequestIssue[]): PlatformError {
  const summary = issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ');
  return new PlatformError('INPUT_INVALID', `The input of ${kind.name} is wrong. ${summary}`, { issues });
}
