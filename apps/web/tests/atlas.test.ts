import { createClient, unwrap } from '@fovea/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { finishRun } from './finish-run.ts';
import { overflow, seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 60_000;
const ATLAS = '/models/fovea_mini/mixed3b/atlas';

const input = {
  model: 'fovea_mini',
  layer: 'mixed3b',
  dataset: 'procedural',
  split: 'validation',
  images: 160,
  positions: 4,
  neighbors: 15,
  grids: [4, 6],
  minimum: 3,
  iconSize: 64,
  iconSteps: 24,
  attempts: 1,
  batch: 8,
};

describe.skipIf(!chromium)('an activation atlas in the dashboard', { timeout: 180_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    await finishRun(stack.api, 'activation-atlas', input);
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  beforeEach(async () => {
    const context = await browser.newContext({ baseURL: stack.web, viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
  });

  afterEach(() => page.context().close());

  const canvas = () => page.getByRole('application', { name: /^Activation atlas of mixed3b/ });
  const details = () => page.getByRole('region', { name: 'Cell' });

  it('tells of the cell under the pointer, and keeps one that is clicked', async () => {
    await page.goto(ATLAS);
    const box = (await canvas().boundingBox())!;
    const { cells } = await firstGrid(stack.api);
    const { row, column, count } = cells[Math.floor(cells.length / 2)]!;
    const [x, y] = [box.x + ((column + 0.5) * box.width) / 4, box.y + ((row + 0.5) * box.height) / 4];
    await page.mouse.move(x, y, { steps: 3 });
    await details()
      .getByText(`Row ${row + 1}, column ${column + 1}: ${count} activations`)
      .waitFor();
    await page.mouse.click(x, y);
    await page.waitForURL(new RegExp(`row=${row}`));
    await page.mouse.move(box.x - 20, box.y);
    await details()
      .getByText(`Row ${row + 1}, column ${column + 1}`)
      .waitFor();
    const unit = details()
      .getByRole('link', { name: /^mixed3b:/ })
      .first();
    expect(await unit.getAttribute('href')).toMatch(/^\/models\/fovea_mini\/mixed3b\/\d+$/);
  });

  it('is walked by the arrow keys, and found again by its address', async () => {
    await page.goto(ATLAS);
    await canvas().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/row=\d+&column=\d+|column=\d+&row=\d+/);
    const first = await details().getByText(/^Row/).textContent();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => details().getByText(/^Row/).textContent()).not.toBe(first);
    const second = await details().getByText(/^Row/).textContent();
    await page.reload();
    await details().getByText(second!).waitFor();
  });

  it('changes its grid, and shows images in the place of icons', async () => {
    await page.goto(ATLAS);
    await page.getByRole('combobox', { name: 'Grid' }).click();
    await page.getByRole('option', { name: '6×6 cells' }).click();
    await page.waitForURL(/grid=6/);
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Images' }).click();
    await page.waitForURL(/show=examples/);
    expect(await canvas().isVisible()).toBe(true);
  });

  it('has no serious accessibility faults, and fits a narrow window', async () => {
    await page.goto(`${ATLAS}?row=1&column=1`);
    await canvas().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it('offers to make one where there is none', async () => {
    await page.goto('/models/fovea_mini/mixed3a/atlas');
    const link = page.getByRole('link', { name: 'Make an atlas' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toContain('kind=activation-atlas');
  });

  it('registers a stimulus set that was seen in a preview', async () => {
    await page.goto('/datasets/new/stimuli');
    await page.getByText('24 of 96 images').waitFor();
    await page.getByLabel('Orientation').fill('0:180:90');
    await page.getByLabel('Radius').fill('20, wide');
    await page.getByText(/expected number/).waitFor();
    await page.getByLabel('Radius').fill('20, 40');
    await page.getByText('4 images').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByLabel('Name').fill('few-corners');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.waitForURL('**/datasets/few-corners');
    const { columns, images } = unwrap(
      await createClient(stack.api).GET('/datasets/{dataset}', {
        params: { path: { dataset: 'few-corners' } },
      }),
    );
    expect([images, columns.map(({ name }) => name)]).toEqual([4, ['orientation', 'radius']]);
  });
});

interface Grid {
  cells: { row: number; column: number; count: number }[];
}

async function firstGrid(api: string): Promise<Grid> {
  const path = { model: input.model, layer: input.layer };
  const layer = unwrap(await createClient(api).GET('/models/{model}/layers/{layer}', { params: { path } }));
  const evidence = layer.evidence.find(({ kind }) => kind === 'activation-atlas')!;
  const { url } = evidence.artifacts.find(({ name }) => name === 'atlas.json')!;
  const atlas = (await (await fetch(new URL(url, api))).json()) as { grids: Grid[] };
  return atlas.grids[0]!;
}
