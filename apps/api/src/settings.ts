/** What the environment tells the API alone; the platform's config holds the rest. */
import { z } from 'zod';

const settingsSchema = z.object({
  FOVEA_API_URL: z.url().optional(),
  FOVEA_ADMIN_TOKEN: z.string().min(16).optional(),
  FOVEA_RATE_LIMIT: z.coerce.number().int().positive().default(600),
  FOVEA_LOOPBACK_RATE_LIMIT: z.coerce.number().int().positive().default(12_000),
  FOVEA_BODY_LIMIT: z.coerce.number().int().positive().default(1_000_000),
  FOVEA_CHECKPOINT_LIMIT: z.coerce.number().int().positive().default(5_000_000_000),
  FOVEA_DATASET_LIMIT: z.coerce.number().int().positive().default(20_000_000_000),
  // S3 signs for a week at most, and links are rounded up to the hour.
  FOVEA_LINK_SECONDS: z.coerce.number().int().min(60).max(601_200).default(86_400),
});

export interface Settings {
  /** Address of the API as the outside sees it; undefined: whatever address a request came to. */
  readonly publicUrl: string | undefined;
  /** Password of `admin` at /admin/queues; undefined: loopback only, without a password. */
  readonly adminToken: string | undefined;
  /** Requests in a minute from one address, and from one on this machine, where the dashboard and the CLI run. */
  readonly rateLimit: number;
  readonly loopbackRateLimit: number;
  /** Bytes of a JSON body, of an uploaded checkpoint, and of an uploaded archive of images. */
  readonly bodyLimit: number;
  readonly checkpointLimit: number;
  readonly datasetLimit: number;
  /** How long signed links to objects last at least, in seconds. */
  readonly linkSeconds: number;
}

export function loadSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const values = settingsSchema.parse(present);
  return {
    publicUrl: values.FOVEA_API_URL?.replace(/\/$/, ''),
    adminToken: values.FOVEA_ADMIN_TOKEN,
    rateLimit: values.FOVEA_RATE_LIMIT,
    loopbackRateLimit: values.FOVEA_LOOPBACK_RATE_LIMIT,
    bodyLimit: values.FOVEA_BODY_LIMIT,
    checkpointLimit: values.FOVEA_CHECKPOINT_LIMIT,
    datasetLimit: values.FOVEA_DATASET_LIMIT,
    linkSeconds: values.FOVEA_LINK_SECONDS,
  };
}
