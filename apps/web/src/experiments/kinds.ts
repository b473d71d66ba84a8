/** The kinds of experiment as the pages need them; the schemas come without a tensor engine. */
import { findKindSchema, kindSchemas, type KindSchema } from '@fovea/experiments/schema';

export const kinds: readonly KindSchema[] = kindSchemas;

/** A run may be of a kind that this version no longer has: then its name must do. */
export const kindTitle = (name: string): string => findKindSchema(name)?.title ?? name;
