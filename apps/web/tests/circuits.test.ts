import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { finishRun } from './finish-run.ts';
import { overflow, seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

const MODEL = 'fovea_mini';
/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;

describe.skipIf(!chromium)('circuits', { timeout: 120_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    for (const layer of ['mixed3a', 'mixed3b'])
      await finishRun(stack.api, 'unit-weights', { model: MODEL, layer });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function open(path: string, options: BrowserContextOptions = {}) {
    const viewport = { width: 1440, height: 1000 };
    const context = await browser.newContext({
      baseURL: stack.web,
      viewport,
      acceptDownloads: true,
      reducedMotion: 'reduce',
      ...options,
    });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
    await page.goto(path);
  }

  afterEach(() => page.context().close());

  const START = `/circuits/new?model=${MODEL}&unit=mixed3b:3`;
  const nodes = () => page.locator('.react-flow__node');
  const node = (key: string) => page.locator(`.react-flow__node[data-id="${key}"]`);
  const kernels = () => page.getByRole('img', { name: / → / });
  const idOf = () => new URL(page.url()).pathname.split('/').at(-1)!;

  async function save(title: string, text = '') {
    await page.getByLabel('Title').fill(title);
    await page.getByRole('textbox', { name: 'Text' }).fill(text);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/circuits\/[0-9a-f-]{36}$/);
    await node('mixed3b:3').waitFor();
  }

  async function exported(format: string): Promise<Download> {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    return download;
  }

  it('begin at a unit, with the units that excite and inhibit it and those that it drives', async () => {
    await open(`/models/${MODEL}/mixed3b/3`);
    await page.getByRole('link', { name: 'Open in graph' }).click();
    await node('mixed3b:3').waitFor();
    expect(await nodes().count()).toBe(9);
    expect(await kernels().count()).toBeGreaterThan(4);
    const tops = await nodes().evaluateAll((elements) =>
      elements.map((element) => [
        (element as unknown as { dataset: { id: string } }).dataset.id.split(':')[0]!,
        (element as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top,
      ]),
    );
    const rows = new Map(tops.map(([layer, top]) => [layer, Math.round(Number(top))]));
    expect(new Set(tops.map(([layer, top]) => `${layer} ${Math.round(Number(top))}`)).size).toBe(3);
    expect(rows.get('mixed3a')).toBeLessThan(rows.get('mixed3b')!);
    expect(rows.get('mixed3b')).toBeLessThan(rows.get('mixed4a')!);
  });

  it('show more weights as the threshold falls', async () => {
    await open(START);
    await node('mixed3b:3').waitFor();
    const before = await kernels().count();
    await page.getByRole('slider', { name: 'Weakest weights that are shown' }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => kernels().count(), { timeout: SOON }).toBeLessThan(before);
    await page.keyboard.press('Home');
    await expect.poll(() => kernels().count(), { timeout: SOON }).toBe(8);
  });

  it('grow by units that are added, and by the neighbours of one that is chosen', async () => {
    await open(START);
    await page.getByRole('combobox', { name: 'Unit to add' }).fill('mixed3b:500');
    await page.getByText('It has the channels 0 to').waitFor();
    await page.getByRole('combobox', { name: 'Unit to add' }).fill('mixed3b:10');
    await page.getByRole('button', { name: 'Add' }).click();
    await node('mixed3b:10').waitFor();
    const grown = await nodes().count();
    expect(grown).toBeGreaterThan(9);
    await node('mixed3b:10').click();
    await page.getByRole('region', { name: 'Inputs' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await node('mixed3b:10').waitFor({ state: 'detached' });
    expect(await nodes().count()).toBe(grown - 1);
  });

  it('are saved with a title and a text, listed, changed and deleted', async () => {
    await open(START);
    await node('mixed3b:3').waitFor();
    await save('Stripes from edges', 'Built from **edges**.');
    await page.getByRole('heading', { name: 'Stripes from edges' }).waitFor();
    expect(await page.locator('strong', { hasText: 'edges' }).count()).toBe(1);
    const id = idOf();

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Title').fill('Stripes');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await page.goto('/circuits');
    await page.getByRole('link', { name: /^Stripes/ }).click();
    await page.waitForURL(`**/circuits/${id}`);

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.waitForURL('**/circuits');
    await page.goto(`/circuits/${id}`);
    await page.getByText('There is no such circuit').waitFor();
  });

  it('keep a unit where it was moved to', async () => {
    await open(START);
    await node('mixed3b:3').waitFor();
    const from = (await node('mixed3b:3').boundingBox())!;
    await page.mouse.move(from.x + 40, from.y + 40);
    await page.mouse.down();
    await page.mouse.move(from.x + 240, from.y + 60, { steps: 6 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Put units back in rows' }).waitFor();
    await save('Moved');
    const back = page.getByRole('button', { name: 'Put units back in rows' });
    await back.waitFor();
    await back.click();
    await back.waitFor({ state: 'detached' });
    expect(await nodes().count()).toBe(9);
  });

  it('are exported as SVG, PNG and JSON, and come back from JSON', async () => {
    await open(START);
    await node('mixed3b:3').waitFor();
    await page.getByLabel('Title').fill('Stripes & edges');
    const svg = await exported('SVG');
    expect(svg.suggestedFilename()).toBe('stripes-edges.svg');
    const drawn = await readFile(await svg.path(), 'utf8');
    expect(drawn).toContain('<title>Stripes &amp; edges</title>');
    expect(drawn.match(/<text /g)!.length).toBe(18);
    expect(drawn).not.toContain('foreignObject');
    const { width } = await sharp(await (await exported('PNG')).path()).metadata();
    expect(width).toBeGreaterThan(500);

    const json = await (await exported('JSON')).path();
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ format: 'fovea-circuit', model: MODEL });
    await page.goto('/circuits/new');
    await page.getByLabel('File of a circuit').setInputFiles({
      name: 'circuit.json',
      mimeType: 'application/json',
      buffer: await readFile(json),
    });
    await node('mixed3b:3').waitFor();
    expect(await nodes().count()).toBe(9);
    expect(await page.getByLabel('Title').inputValue()).toBe('Stripes & edges');
  });

  it('are not read from other files', async () => {
    await open('/circuits/new');
    await page.getByLabel('File of a circuit').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    });
    const message = page.getByText('This is not the file of a circuit');
    await message.waitFor();
    expect(await nodes().count()).toBe(0);
  });

  it('offer to read weights that nobody has read yet', async () => {
    await open(`/circuits/new?model=${MODEL}&unit=mixed3b:3,mixed4b:7`);
    await page.getByText('The weights from mixed3b to mixed4b have not been read yet').waitFor();
    await page.getByRole('button', { name: 'Read them' }).click();
    const link = page.getByRole('link', { name: 'Its run' });
    expect(await link.getAttribute('href')).toMatch(/^\/runs\//);
  });

  it.each(['light', 'dark'] as const)('have no serious fault in the %s theme', async (colorScheme) => {
    await open(START, { colorScheme });
    await node('mixed3b:3').waitFor();
    await node('mixed3b:3').click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto('/circuits');
    await page.getByRole('heading', { name: 'Circuits' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('fit a screen of 390 pixels', async () => {
    await open(START, { viewport: { width: 390, height: 844 } });
    await node('mixed3b:3').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
