import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { scrollingFrameTimes } from './frame-times.ts';
import { registerArchitecture } from './register-architecture.ts';
import { seedLayer } from './seed-layer.ts';
import { overflow, seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;
const LARGE = { model: 'inception_v3', layer: 'Mixed_7c' };
const USUAL = { model: 'inception_v1', layer: 'mixed5b' };
const pathOf = ({ model, layer }: typeof LARGE) => `/models/${model}/${layer}`;

describe.skipIf(!chromium)('the page of a layer', { timeout: 120_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    for (const place of [LARGE, USUAL]) {
      await registerArchitecture(stack.api, place.model);
      await seedLayer(stack, place);
    }
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function open(path: string, options: BrowserContextOptions = {}) {
    const viewport = { width: 1440, height: 950 };
    const context = await browser.newContext({
      baseURL: stack.web,
      viewport,
      reducedMotion: 'reduce',
      ...options,
    });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
    await page.goto(path);
  }

  afterEach(() => page.context().close());

  const units = () => page.getByRole('list', { name: /^Units of/ });
  const tiles = () => units().getByRole('link');
  const shown = () => page.getByRole('search').locator('output').textContent();
  const firstNames = async (count: number) => {
    const addresses = await tiles().evaluateAll((links) =>
      links.map((link) => (link as unknown as { pathname: string }).pathname),
    );
    return addresses.slice(0, count);
  };
  const focused = () => page.locator(':focus').getAttribute('data-index');

  it('is led to from the layers of its model, and leads to units', async () => {
    await open(`/models/${LARGE.model}`);
    await page.getByRole('searchbox', { name: 'Search layers' }).fill(LARGE.layer);
    await page.getByRole('rowheader').getByRole('link', { name: LARGE.layer, exact: true }).click();
    await page.getByRole('heading', { name: new RegExp(LARGE.layer) }).waitFor();
    await tiles().first().click();
    await page.waitForURL(`**${pathOf(LARGE)}/0`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('0');
  });

  it('draws no more of thousands of units than are near to sight', async () => {
    await open(pathOf(LARGE));
    await tiles().first().waitFor();
    expect(await shown()).toBe('2,048 units');
    expect(await tiles().count()).toBeLessThan(250);
    expect(await tiles().first().getAttribute('href')).toBe(`${pathOf(LARGE)}/0`);
  });

  it('sorts by a measure and turns the order around, as the address says', async () => {
    await open(pathOf(USUAL));
    await page.getByRole('combobox', { name: 'Sort by' }).click();
    await page.getByRole('option', { name: /Kurtosis/i }).click();
    await expect.poll(() => page.url(), { timeout: SOON }).toContain('sort=kurtosis');
    const [highest] = await firstNames(1);
    await page.getByRole('button', { name: /Highest first/ }).click();
    await expect.poll(() => firstNames(1), { timeout: SOON }).not.toEqual([highest]);
    const turned = await firstNames(5);
    await page.reload();
    await expect.poll(() => firstNames(5), { timeout: SOON }).toEqual(turned);
  });

  it('filters by branch, tag and bounds of a measure together', async () => {
    await open(pathOf(USUAL));
    await page.getByRole('button', { name: /^mixed5b_3x3/ }).click();
    await expect.poll(shown, { timeout: SOON }).toBe('384 of 1,024 units');
    await page.getByRole('combobox', { name: 'Tag' }).click();
    await page.getByRole('option', { name: 'family:curve' }).click();
    await expect.poll(shown, { timeout: SOON }).toBe('24 of 1,024 units');
    await page.getByRole('button', { name: 'Measures' }).click();
    await page.getByRole('combobox', { name: 'Measure' }).click();
    await page.getByRole('option', { name: /curve/i }).first().click();
    await page.getByLabel('At least').fill('0.5');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const left = Number((await shown())!.split(' ')[0]);
    expect(left).toBeLessThan(24);
    expect(page.url()).toMatch(/branch=.*tag=|tag=.*branch=/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(shown, { timeout: SOON }).toBe('1,024 units');
  });

  it('can be walked by keyboard from the first unit to the last', async () => {
    await open(pathOf(LARGE));
    await tiles().first().focus();
    await page.keyboard.press('End');
    await expect.poll(focused, { timeout: SOON }).toBe('2047');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused, { timeout: SOON }).toBe('2046');
    await page.keyboard.press('Home');
    await expect.poll(focused, { timeout: SOON }).toBe('0');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${pathOf(LARGE)}/1`);
  });

  it('goes to a channel by its number', async () => {
    await open(pathOf(LARGE));
    await page.getByRole('spinbutton', { name: 'Go to channel' }).fill('1500');
    await page.keyboard.press('Enter');
    await expect.poll(focused, { timeout: SOON }).toBe('1500');
  });

  it('steps to the layer before', async () => {
    await open(pathOf(USUAL));
    await page.getByRole('link', { name: 'Previous layer' }).click();
    await page.waitForURL((url) => url.pathname !== pathOf(USUAL));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('mixed5b_');
  });

  it('says so where there is no such layer', async () => {
    await open('/models/inception_v3/Mixed_9z');
    const alert = page.getByRole('main').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Mixed_');
  });

  it.each(['light', 'dark'] as const)('has no serious fault in the %s theme', async (colorScheme) => {
    await open(pathOf(USUAL), { colorScheme });
    await tiles().first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'The layer as a whole' }).click();
    await page.getByText('No run has looked at this layer yet').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('fits a screen of 390 pixels', async () => {
    await open(pathOf(USUAL), { viewport: { width: 390, height: 844 } });
    await tiles().first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it.each([USUAL, LARGE])('is quick with $layer', async (place) => {
    await open('/models');
    const started = performance.now();
    await page.goto(pathOf(place), { waitUntil: 'commit' });
    await tiles().first().waitFor();
    const painted = Math.round(performance.now() - started);
    await page.waitForFunction(
      `[...document.querySelectorAll('[data-index] img')].slice(0, 40).every((image) => image.complete)`,
    );
    const pictured = Math.round(performance.now() - started);
    const frames = await scrollingFrameTimes(page);
    const total = await shown();
    console.log(
      `${total}: first units after ${painted} ms, the first 40 pictures after ${pictured} ms; ` +
        `scrolling ${frames.frames} frames, median ${frames.median} ms, p95 ${frames.p95} ms, worst ${frames.worst} ms`,
    );
    expect(painted).toBeLessThan(SOON);
    // However far it was scrolled, what is out of sight is not there.
    expect(await tiles().count()).toBeLessThan(250);
  });
});
