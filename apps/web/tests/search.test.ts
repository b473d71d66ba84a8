import { createClient, unwrap } from '@fovea/client';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { finishRun } from './finish-run.ts';
import { overflow, seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

const MODEL = 'fovea_mini';
const LAYER = 'mixed3b';
/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;
const RUN = 90_000;

describe.skipIf(!chromium)('the search', { timeout: 2 * RUN }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    const api = createClient(stack.api);
    const swept = { model: MODEL, dataset: 'procedural', layers: [LAYER], limit: 24, top: 2, perBand: 1 };
    await finishRun(stack.api, 'activation-sweep', swept);
    const subject = `unit/${MODEL}/${LAYER}/7`;
    const name = 'family:curve';
    unwrap(await api.PUT('/annotations/{subject}/tags/{name}', { params: { path: { subject, name } } }));
    unwrap(
      await api.PUT('/annotations/{subject}/note', {
        params: { path: { subject } },
        body: { body: 'Seems to follow the rim of a plate', version: 0 },
      }),
    );
  }, 300_000);

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

  const found = () => page.getByRole('list', { name: 'Units found' }).getByRole('link');

  const photograph = () =>
    sharp({ create: { width: 200, height: 150, channels: 3, background: { r: 180, g: 90, b: 40 } } })
      .composite([
        {
          input: Buffer.from(
            '<svg width="200" height="150"><circle cx="90" cy="70" r="50" fill="#123"/></svg>',
          ),
        },
      ])
      .jpeg()
      .toBuffer();

  it('finds units by what their notes say, and leads to them', async () => {
    await open('/search');
    await page.getByText('What are you looking for?').waitFor();
    await page.getByRole('searchbox', { name: 'Text of notes and comments' }).fill('RIM of');
    await found().first().waitFor();
    expect(await found().count()).toBe(1);
    await page.getByText('Seems to follow the rim of a plate').waitFor();
    await found().first().click();
    await page.waitForURL(`**/models/${MODEL}/${LAYER}/7`);
  });

  it('finds units by a tag', async () => {
    await open('/search');
    await page.getByRole('combobox', { name: 'Add a tag' }).click();
    await page.getByRole('option', { name: 'family:curve (1)' }).click();
    await found().first().waitFor();
    expect(await found().count()).toBe(1);
    await expect.poll(() => page.url(), { timeout: SOON }).toContain('family');
  });

  it('finds units by bounds of a measure, highest first', async () => {
    await open('/search?range=nonZeroFraction:0.2~');
    await found().first().waitFor();
    const values = await found().evaluateAll((links) =>
      links.map((link) => Number(/Non-zero ([\d.]+)/.exec(String(link.textContent))?.[1])),
    );
    expect(values.length).toBeGreaterThan(3);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0.2);
  });

  it('says so when there is no such unit', async () => {
    await open('/search?text=no+such+words');
    await page.getByText('No unit is like that').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByText('What are you looking for?').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('tells which units fire where in an image', async () => {
    await open(`/search?by=image&model=${MODEL}`);
    const file = { name: 'plate.jpg', mimeType: 'image/jpeg', buffer: await photograph() };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('searchbox', { name: 'Search layers' }).fill('mixed4');
    await page.getByRole('checkbox', { name: /^mixed4b / }).uncheck();
    await page.getByRole('button', { name: 'Find the units' }).click();
    await page.getByRole('img', { name: 'What the network read' }).waitFor({ timeout: RUN });
    await page.getByRole('combobox', { name: 'Layer' }).click();
    await page.getByRole('option', { name: LAYER, exact: true }).click();
    await page.getByText('Measured by what is usual for each unit').waitFor();

    const position = page.getByRole('group', { name: /^Row/ });
    await position.focus();
    const before = await position.getAttribute('aria-label');
    await page.keyboard.press(before!.startsWith('Row 1 ') ? 'ArrowDown' : 'ArrowUp');
    expect(await position.getAttribute('aria-label')).not.toBe(before);
    const here = page.getByRole('region', { name: 'At this position' }).getByRole('link');
    expect(await here.count()).toBe(4);

    const strongest = page.getByRole('region', { name: 'Strongest in the whole image' }).getByRole('button');
    await strongest.first().click();
    expect(await strongest.first().getAttribute('aria-pressed')).toBe('true');
    await position.locator('canvas').waitFor();
    expect(page.url()).toContain('run=');
  });

  it('says what is wrong with a file that is no image', async () => {
    await open(`/search?by=image&model=${MODEL}`);
    const file = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not an image') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Find the units' }).click();
    const message = page.getByText('The uploaded file cannot be read as an image');
    await message.waitFor({ timeout: RUN });
    expect(await message.count()).toBeGreaterThan(0);
  });

  it.each(['light', 'dark'] as const)('has no serious fault in the %s theme', async (colorScheme) => {
    await open('/search?range=nonZeroFraction:0.2~', { colorScheme });
    await found().first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'An image' }).click();
    await page.getByText('Which units fire here?').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('fits a screen of 390 pixels', async () => {
    await open('/search?range=nonZeroFraction:0.2~', { viewport: { width: 390, height: 844 } });
    await found().first().waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('tab', { name: 'An image' }).click();
    await page.getByText('Which units fire here?').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
