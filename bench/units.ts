/**
 * How fast the API answers about units with 100,000 of them in its tables: `npm run bench -- --only units`, or
 * `node bench/units.ts [units]`.
 */
import { createFilesystemStore, ensureLocalOwner, openDatabase } from '../packages/platform/src/index.ts';
import { fillUnits, unitLayers, unitsModel } from './api-units.ts';
import { measure, onFilledApi, type Measurements } from './api.ts';

/** Milliseconds that a unit's page waits for at most. */
const limit = 300;

export async function benchUnits(say = console.log, units = 100_000): Promise<Measurements> {
  return onFilledApi(
    async ({ databaseUrl, home }) => {
      const db = openDatabase(databaseUrl);
      const store = createFilesystemStore({ directory: `${home}/objects`, secret: '', baseUrl: '' });
      await fillUnits({ db, store }, await ensureLocalOwner(db), units);
      await db.$disconnect();
    },
    async (url) => {
      const layers = unitLayers(units).map((layer) => `/models/${unitsModel}/layers/${layer}/units`);
      const cases: Record<string, readonly string[]> = {
        'a unit': Array.from(
          { length: 500 },
          (_, index) => `${layers[index % layers.length]}/${(index * 7) % 2000}`,
        ),
        'all 2,000 units of a layer': layers,
        'a layer by a measure': layers.map((layer) => `${layer}?sort=measure3&limit=100`),
      };
      const rows: Measurements = {};
      for (const [name, paths] of Object.entries(cases)) {
        // One reader at a time: how long a page waits, not how many there may be.
        rows[name] = await measure(url, paths, 1);
        say(name, rows[name]);
      }
      say(`A unit is answered within ${limit} ms in 95 of 100 times: ${rows['a unit']!['p95 ms'] < limit}`);
      return rows;
    },
  );
}

if (import.meta.main) await benchUnits(console.log, Number(process.argv[2] ?? 100_000));
