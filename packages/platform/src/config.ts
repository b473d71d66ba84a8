/** What the environment tells the servers, parsed once, at the edge. */
import path from 'node:path';
import { z } from 'zod';
import { PlatformError } from './errors.ts';

/** An empty variable counts as absent: that is how compose files and CI pass what is not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const port = z.coerce.number().int().min(0).max(65_535);

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('postgres://user@host:port/database'),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  FOVEA_QUEUE: optional(z.enum(['redis', 'postgres'])),
  FOVEA_HOME: optional(z.string()),
  FOVEA_SECRET: z.string().min(32).describe('at least 32 random characters; signs links to objects'),
  FOVEA_CONCURRENCY: optional(z.coerce.number().int().min(1).max(256)),
  FOVEA_LEASE_SECONDS: optional(z.coerce.number().min(1).max(3600)),
  FOVEA_LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
  FOVEA_WEB_ORIGIN: optional(z.url()),
  FOVEA_API_URL: optional(z.url()),
  HOST: optional(z.string()),
  PORT: optional(port),
  S3_ENDPOINT: optional(z.url()),
  S3_BUCKET: optional(z.string()),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  S3_REGION: optional(z.string()),
});

type Environment = z.infer<typeof environmentSchema>;

export type QueueConfig =
  | { readonly backend: 'redis'; readonly url: string; readonly prefix: string }
  | { readonly backend: 'postgres'; readonly url: string };

export interface S3Config {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type ObjectsConfig =
  { readonly driver: 'filesystem'; readonly directory: string } | ({ readonly driver: 's3' } & S3Config);

export interface Config {
  readonly databaseUrl: string;
  readonly queue: QueueConfig;
  readonly objects: ObjectsConfig;
  /** Folder of the disk registry, caches and embedded services. */
  readonly home: string;
  readonly secret: string;
  /** Runs that one worker executes at once; undefined: what suits its machine. */
  readonly concurrency: number | undefined;
  /** A run whose worker has been silent for this long goes to another one. */
  readonly leaseSeconds: number;
  readonly logLevel: string;
  readonly host: string;
  readonly port: number;
  /** Address of the API as browsers see it; signed filesystem links start with it. */
  readonly apiUrl: string;
  /** Origin of the dashboard, for CORS. */
  readonly webOrigin: string | undefined;
}

/** Throws CONFIGURATION_INVALID, which names each wrong variable. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw invalid(parsed.error.issues.map(describeIssue));
  const values = parsed.data;
  const home = path.resolve(values.FOVEA_HOME ?? '.fovea');
  const host = values.HOST ?? '127.0.0.1';
  const apiPort = values.PORT ?? 3000;
  return {
    databaseUrl: values.DATABASE_URL,
    queue: queueConfig(values),
    objects: objectsConfig(values, home),
    home,
    secret: values.FOVEA_SECRET,
    concurrency: values.FOVEA_CONCURRENCY,
    leaseSeconds: values.FOVEA_LEASE_SECONDS ?? 30,
    logLevel: values.FOVEA_LOG_LEVEL ?? 'info',
    host,
    port: apiPort,
    apiUrl: values.FOVEA_API_URL ?? `http://${host}:${apiPort}`,
    webOrigin: values.FOVEA_WEB_ORIGIN,
  };
}

function queueConfig(values: Environment): QueueConfig {
  if (values.FOVEA_QUEUE === 'redis' && !values.REDIS_URL)
    throw invalid(['REDIS_URL: missing, though FOVEA_QUEUE is redis']);
  return values.REDIS_URL && values.FOVEA_QUEUE !== 'postgres'
    ? { backend: 'redis', url: values.REDIS_URL, prefix: queuePrefix(values.DATABASE_URL) }
    : { backend: 'postgres', url: values.DATABASE_URL };
}

/** A queue belongs to its database: installations that share a Redis server keep apart by the database's name. */
const queuePrefix = (databaseUrl: string) => `fovea-${new URL(databaseUrl).pathname.slice(1)}`;

function objectsConfig(values: Environment, home: string): ObjectsConfig {
  if (!values.S3_ENDPOINT) return { driver: 'filesystem', directory: path.join(home, 'objects') };
  const required = (name: 'S3_BUCKET' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY') => {
    const value = values[name];
    if (!value) throw invalid([`${name}: missing, though S3_ENDPOINT is set`]);
    return value;
  };
  return {
    driver: 's3',
    endpoint: values.S3_ENDPOINT,
    bucket: required('S3_BUCKET'),
    region: values.S3_REGION ?? 'us-east-1',
    accessKeyId: required('S3_ACCESS_KEY_ID'),
    secretAccessKey: required('S3_SECRET_ACCESS_KEY'),
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]);
  const wanted = environmentSchema.shape[name as keyof Environment].description;
  return `${name}: ${issue.message}${wanted ? ` (${wanted})` : ''}`;
}

const invalid = (problems: readonly string[]) =>
  new PlatformError('CONFIGURATION_INVALID', `Wrong environment variables: ${problems.join('; ')}`, {
    problems,
  });
