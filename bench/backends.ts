import { listBackends, type BackendName } from '../packages/tensor/src/index.ts';

/** The backends that run here, fastest first. FOVEA_BACKEND limits them to one, which may be a software adapter. */
export async function backendsHere(): Promise<BackendName[]> {
  if (process.env.FOVEA_BACKEND) return [process.env.FOVEA_BACKEND as BackendName];
  const rungs = await listBackends();
  return rungs.filter((rung) => rung.available).map((rung) => rung.name);
}
