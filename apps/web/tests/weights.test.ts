import { createClient, followRun, unwrap } from '@fovea/client';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { overflow, seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;
const RUN = 300_000;

describe.skipIf(!chromium)('the runs about weights', { timeout: RUN }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  const runs: Record<string, string> = {};

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    const api = createClient(stack.api);
    for (const [kind, settings] of [
      ['unit-weights', { layer: 'mixed3b' }],
      ['weight-sparsity', { layer: 'mixed3b', repetitions: 3 }],
    ] as const) {
      const body = { kind, input: { model: 'fovea_mini', ...settings }, priority: 0, force: false };
      const { id } = unwrap(await api.POST('/runs', { body }));
      const events = await Array.fromAsync(followRun(stack.api, id));
      const last = events.at(-1);
      if (last?.type !== 'status' || last.data.status !== 'succeeded')
        throw new Error(`The run of ${kind} ended with ${JSON.stringify(last)}`);
      runs[kind] = id;
    }
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      baseURL: stack.web,
      viewport: { width: 1440, height: 1000 },
      ...options,
    });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
    await page.goto(path);
  }

  afterEach(() => page.context().close());

  it('show the strongest connections of a unit that one chooses, and lead to the units', async () => {
    await open(`/runs/${runs['unit-weights']}?unit=5`);
    const inputs = page.getByRole('list', { name: 'Excitatory: Inputs from mixed3a' });
    await inputs.waitFor();
    expect(await inputs.getByRole('img', { name: /^Weights: mixed3a:/ }).count()).toBeGreaterThan(0);
    await page.getByLabel('Unit', { exact: true }).fill('40');
    await page.getByRole('link', { name: 'mixed3b:40' }).first().waitFor();
    expect(page.url()).toContain('unit=40');
    await page
      .getByRole('list', { name: /Outputs to mixed4a/ })
      .first()
      .waitFor();
    await page
      .getByRole('region', { name: /Weights by position/ })
      .first()
      .getByRole('link', { name: 'mixed3b:111' })
      .click();
    await page.waitForURL('**/models/fovea_mini/mixed3b/111');
  });

  it('show how sparse weights are, beside weights that nothing was learned by', async () => {
    await open(`/runs/${runs['weight-sparsity']}`);
    const row = page.getByRole('row', { name: /Gini of weights/ });
    await row.waitFor();
    expect(await row.getByRole('cell').count()).toBe(4);
    await page.getByRole('figure', { name: /^Gini of weights: medians Trained/ }).waitFor();
    await page.getByRole('figure', { name: /largest tenth has Trained/ }).waitFor();
  });

  it.each(['unit-weights', 'weight-sparsity'])(
    'of kind %s have no serious fault, and fit a phone',
    async (kind) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await open(`/runs/${runs[kind]}`, { viewport: { width: 390, height: 844 }, colorScheme });
        await page
          .getByText(kind === 'unit-weights' ? 'Inputs from mixed3a' : 'Repetitions')
          .first()
          .waitFor();
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await seriousFaults(page)).toEqual([]);
        if (colorScheme === 'light') await page.context().close();
      }
    },
  );
});
