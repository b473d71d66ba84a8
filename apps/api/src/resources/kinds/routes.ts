import { findKindSchema, kindSchemas, type KindSchema } from '@fovea/experiments/schema';
import { closest } from '@fovea/models/closest';
import { PlatformError } from '@fovea/platform';
import { z } from 'zod';
import type { Routes } from '../../http/routes.ts';
import { getKind, listKinds } from './contract.ts';

export const kindRoutes: Routes = async (app) => {
  app.route({ ...listKinds, handler: () => ({ items: kindSchemas.map(summarize) }) });
  app.route({ ...getKind, handler: (request) => describe(requireKind(request.params.name)) });
};

function requireKind(name: string): KindSchema {
  const kind = findKindSchema(name);
  if (kind) return kind;
  const known = kindSchemas.map((schema) => schema.name);
  const detail = `No kind of experiment is called ${JSON.stringify(name)}; there are ${known.join(', ')}`;
  throw new PlatformError('NOT_FOUND', detail, { nearest: closest(name, known) });
}

const summarize = ({ name, title, description, version }: KindSchema) => ({
  name,
  title,
  description,
  version,
});

function describe(kind: KindSchema) {
  return {
    ...summarize(kind),
    // As a client writes it: what has a default may be left out.
    input: jsonSchema(kind.input, 'input'),
    result: jsonSchema(kind.result, 'output'),
    presets: kind.presets as Record<string, Record<string, unknown>>,
  };
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Record<string, unknown>;
