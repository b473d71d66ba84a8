import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDataset, filesIn } from '@fovea/data';
import { createRun, ensureLocalOwner, registerDataset } from '@fovea/platform';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver, openFleet, type Fleet } from './testing/fleet.ts';

describe('a run that reads an imported dataset', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet();
  });
  afterAll(() => fleet.close());

  /** Of so many one-coloured pictures. */
  async function register(count: number): Promise<string> {
    const folder = join(fleet.platform.config.home, `pictures-${count}`);
    const [source, built] = [join(folder, 'source'), join(folder, 'built')];
    await mkdir(join(source, 'test', 'plain'), { recursive: true });
    await mkdir(built);
    for (let index = 0; index < count; index++) {
      const background = { r: 20 * index, g: 90, b: 200 };
      const picture = sharp({ create: { width: 80, height: 70, channels: 3, background } });
      await writeFile(join(source, 'test', 'plain', `${index}.jpg`), await picture.jpeg().toBuffer());
    }
    const manifest = await buildDataset(source, built, { name: 'plain' });
    return (await registerDataset(fleet.platform, manifest, filesIn(built, manifest))).digest;
  }

  it('reads the one that it was created for, and fetches it once', async () => {
    const digest = await register(5);
    const input = { model: 'fovea_mini', dataset: 'plain', layers: ['mixed3a'], sample: 4, batch: 2 };
    const owner = { ...(await ensureLocalOwner(fleet.platform.db)), codeVersion: 'test' };
    const { run } = await createRun(fleet.platform, { kind: 'activation-sweep', input }, owner);
    expect(run.datasetDigest).toBe(digest);
    // From now on the name means another dataset.
    await register(3);
    fleet.startWorker();
    const done = await fleet.until(run.id, isOver);
    expect(done).toMatchObject({ status: 'succeeded', error: null, result: { split: 'test', images: 5 } });
    const cached = await readdir(join(fleet.platform.config.home, 'cache', 'datasets'));
    expect(cached).toHaveLength(2);
  });
});
