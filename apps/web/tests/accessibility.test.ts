import { AxeBuilder } from '@axe-core/playwright';
import { createClient, followRun, unwrap } from '@fovea/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

const MODEL = 'fovea_mini';
const themes = ['light', 'dark'] as const;
const widths = { wide: 1280, narrow: 390 };

/** What each page shows once it is ready. */
const pages: Readonly<Record<string, { path: string; ready: string }>> = {
  runs: { path: '/runs', ready: 'table' },
  'new run': { path: `/runs/new?model=${MODEL}`, ready: 'role=radio >> nth=0' },
  'one run': { path: '/runs/RUN', ready: 'h1 [data-status]' },
  'no such run': { path: '/runs/00000000-0000-7000-8000-000000000000', ready: 'text=There is no such run' },
  compare: { path: '/compare?runs=RUN,OTHER&all=true', ready: 'table img' },
  'nothing to compare': { path: '/compare', ready: 'text=No runs are chosen' },
  models: { path: '/models', ready: `text=${MODEL}` },
  'one model': { path: `/models/${MODEL}`, ready: 'table' },
  datasets: { path: '/datasets', ready: 'table' },
  'one dataset': { path: '/datasets/procedural?split=test', ready: '[role=listitem] img' },
  'one image': { path: '/datasets/rounded-corner?image=3', ready: '[role=dialog] img' },
  workers: { path: '/workers', ready: 'text=Heartbeat' },
  'not found': { path: '/no-such-page', ready: 'text=There is no page' },
};

describe.skipIf(!chromium)('every page for everyone', { timeout: 120_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let runs: { RUN: string; OTHER: string };

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    runs = { RUN: await finishedRun(1), OTHER: await finishedRun(2) };
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function finishedRun(seed: number): Promise<string> {
    const api = createClient(stack.api);
    const { items } = unwrap(await api.GET('/models/{name}/layers', { params: { path: { name: MODEL } } }));
    const input = {
      model: MODEL,
      objective: `${items[0]!.name}:0`,
      width: 32,
      height: 32,
      steps: 4,
      previewInterval: 2,
    };
    const body = { kind: 'feature-visualization', input, seed, priority: 0, force: false };
    const { id } = unwrap(await api.POST('/runs', { body }));
    const events = await Array.fromAsync(followRun(stack.api, id));
    expect(events.at(-1)).toMatchObject({ type: 'status', data: { status: 'succeeded' } });
    return id;
  }

  describe.each(themes)('in the %s theme', (colorScheme) => {
    it.each(Object.keys(pages))('%s has no serious fault', async (name) => {
      const { path, ready } = pages[name]!;
      const context = await browser.newContext({
        baseURL: stack.web,
        colorScheme,
        viewport: { width: widths.wide, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(path.replace('RUN', runs.RUN).replace('OTHER', runs.OTHER));
      await page.locator(ready).first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await context.close();
    });
  });

  it.each(Object.keys(pages))('%s fits a screen of 390 pixels', async (name) => {
    const { path, ready } = pages[name]!;
    const context = await browser.newContext({
      baseURL: stack.web,
      viewport: { width: widths.narrow, height: 844 },
    });
    const page = await context.newPage();
    await page.goto(path.replace('RUN', runs.RUN).replace('OTHER', runs.OTHER));
    await page.locator(ready).first().waitFor();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    // Less than nothing where a scroll bar has its place.
    expect(overflow).toBeLessThanOrEqual(0);
    await context.close();
  });
});
