import { takesOf, unitPicturesSchema, variantOf, type UnitPicturesInput } from '@fovea/experiments/schema';
import { Prisma } from '../../../../prisma/generated/client.ts';
import type { Queryable } from '../database.ts';

/** Of whom, and made with which code and seed. */
export interface PictureIdentity {
  readonly teamId: string;
  readonly modelId: string;
  readonly codeVersion: string;
  readonly seed: number;
}

/** What decides how many pictures there are, and not how each of them looks. */
const choices = ['channels', 'objectives', 'signs', 'restarts', 'diversity', 'diversityWeight'];

/** The channels of which every picture that `input` asks for is there already, made with the same settings. */
export async function finishedChannels(
  db: Queryable,
  { teamId, modelId, codeVersion, seed }: PictureIdentity,
  input: UnitPicturesInput,
): Promise<Set<number>> {
  const wanted = takesOf({ ...input, channels: [0] }).flatMap((take) =>
    Array.from({ length: take.batch }, (_, index) => ({ ...take, variant: variantOf(take, index) })),
  );
  const settings = Object.fromEntries(Object.entries(input).filter(([name]) => !choices.includes(name)));
  const sameWeight =
    input.diversity > 0
      ? Prisma.sql`AND (variant = '' OR (run."input"->>'diversityWeight')::float8 = ${input.diversityWeight})`
      : Prisma.empty;
  const rows = await db.$queryRaw<{ channel: number }[]>`
    SELECT picture."channel" FROM "UnitPicture" picture
    JOIN unnest(${wanted.map(({ objective }) => objective)}::text[], ${wanted.map(({ sign }) => sign)}::int[],
                ${wanted.map(({ variant }) => variant)}::text[], ${wanted.map(({ restart }) => restart)}::int[])
      AS wanted (objective, sign, variant, restart) USING (objective, sign, variant, restart)
    JOIN "Run" run ON run."id" = picture."runId"
    WHERE picture."teamId" = ${teamId}::uuid AND picture."modelId" = ${modelId}::uuid
      AND picture."layer" = ${input.layer} AND run."kind" = ${unitPicturesSchema.name}
      AND run."kindVersion" = ${unitPicturesSchema.version} AND run."codeVersion" = ${codeVersion}
      AND run."seed" = ${seed}
      AND run."input" - ${choices}::text[] = ${JSON.stringify(settings)}::jsonb ${sameWeight}
    GROUP BY picture."channel" HAVING count(*) = ${wanted.length}`;
  return new Set(rows.map(({ channel }) => channel));
}
