/** The API on services of its own, for one test file. */
import { registerModel, type Run } from '@fovea/platform';
import { openTestPlatform, testManifest, testWeights } from '@fovea/platform/testing';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp } from '../app.ts';
import { openServices, type Services } from '../services.ts';
import { loadSettings } from '../settings.ts';

export interface TestApi {
  readonly app: FastifyInstance;
  readonly services: Services;
  /** Sends a request and reads the answer as JSON. */
  call(options: InjectOptions): Promise<{ status: number; body: any; headers: Record<string, unknown> }>;
  close(): Promise<void>;
}

/** With the model `tiny` registered; `environment` overrides the settings. */
export async function openTestApi(environment: NodeJS.ProcessEnv = {}): Promise<TestApi> {
  const services = await openServices(await openTestPlatform(environment), loadSettings(environment));
  await services.store.put(testWeights);
  await registerModel(services, testManifest());
  const app = await buildApp(services);
  return {
    app,
    services,
    async call(options) {
      const response = await app.inject(options);
      const isJson = String(response.headers['content-type']).includes('json');
      return {
        status: response.statusCode,
        headers: response.headers,
        body: isJson ? response.json() : response.body,
      };
    },
    async close() {
      await app.close();
      await services.close();
    },
  };
}

/** What `POST /runs` takes. */
export const runRequest = (changes: Record<string, unknown> = {}) => ({
  kind: 'feature-visualization',
  input: { model: 'tiny', objective: 'conv1:3', ...changes },
});

export async function createRun(
  api: TestApi,
  changes: Record<string, unknown> = {},
  rest = {},
): Promise<Run> {
  const { body } = await api.call({
    method: 'POST',
    url: '/runs',
    payload: { ...runRequest(changes), ...rest },
  });
  return body as Run;
}
