/** The API on services of its own, for one test file. */
import { findArchitecture, modelDigest, type Manifest } from '@fovea/models';
import { registerModel } from '@fovea/platform';
import { openTestPlatform, testManifest, testWeights } from '@fovea/platform/testing';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp } from '../app.ts';
import { openServices, type Services } from '../services.ts';
import { loadSettings } from '../settings.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  /** Parsed where it is JSON. */
  readonly body: any;
}

export interface TestApi {
  readonly app: FastifyInstance;
  readonly services: Services;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, payload?: unknown, headers?: Record<string, string>): Promise<Answer>;
  call(options: InjectOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** With the model `tiny` registered; `environment` overrides the settings. */
export async function openTestApi(environment: NodeJS.ProcessEnv = {}): Promise<TestApi> {
  const services = await openServices(await openTestPlatform(environment), loadSettings(environment));
  await services.store.put(testWeights);
  await registerModel(services, tinyManifest());
  const app = await buildApp(services);
  const call = async (options: InjectOptions) => {
    const response = await app.inject(options);
    const isJson = String(response.headers['content-type']).includes('json');
    const body: unknown = isJson ? response.json() : response.body;
    return { status: response.statusCode, headers: response.headers, body };
  };
  return {
    app,
    services,
    call,
    get: (url, headers) => call({ url, headers }),
    post: (url, payload, headers) => call({ method: 'POST', url, headers, payload: payload as object }),
    async close() {
      await app.close();
      await services.close();
    },
  };
}

const statistics = { min: 0, max: 1, mean: 0.5, std: 0.2 };

/** A manifest that holds together, as `fovea model import` would write it. */
export function tinyManifest(changes: Partial<Manifest> = {}): Manifest {
  const selfTest = { images: 1, input: statistics, layers: [], warnings: [] };
  const { name: architecture, variants } = findArchitecture('fovea_mini');
  const manifest = testManifest({ architecture, variant: variants[0].name, selfTest, ...changes });
  return { ...manifest, digest: modelDigest(manifest) };
}

/** What `POST /runs` takes. */
export const runRequest = (input: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) => ({
  kind: 'feature-visualization',
  input: { model: 'tiny', objective: 'conv1:3', ...input },
  ...rest,
});
