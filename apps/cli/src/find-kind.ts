import { kindSchemas, type KindSchema } from '@fovea/experiments/schema';
import { badInput } from './exit-codes.ts';
import { unknownName } from './nearest-name.ts';

/** Throws a CliError that names the nearest kinds. */
export function requireKind(name: string): KindSchema {
  const schema = kindSchemas.find((candidate) => candidate.name === name);
  if (schema) return schema;
  throw badInput(
    unknownName(
      'kind of experiment',
      name,
      kindSchemas.map((candidate) => candidate.name),
    ),
  );
}
