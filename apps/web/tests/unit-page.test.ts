import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { createClient, followRun, unwrap } from '@fovea/client';
import sharp from 'sharp';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

const MODEL = 'fovea_mini';
const LAYER = 'mixed3a';
const CHANNEL = 5;
const PAGE = `/models/${MODEL}/${LAYER}/${CHANNEL}`;
/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;
const RUN = 120_000;

/** Little of everything that a unit's page shows. */
const evidence: Readonly<Record<string, Record<string, unknown>>> = {
  'unit-pictures': {
    layer: LAYER,
    channels: [CHANNEL],
    steps: 8,
    width: 32,
    height: 32,
    restarts: 2,
    diversity: 2,
  },
  'activation-sweep': { layers: [LAYER], dataset: 'procedural', limit: 40, top: 4, perBand: 1, sample: 40 },
  tuning: { layers: [LAYER], parameters: { orientation: [0, 90, 180, 270], radius: [5, 10] } },
  'unit-weights': { layer: LAYER, expandedFrom: 'conv2d0' },
};

describe.skipIf(!chromium)("a unit's page", { timeout: 2 * RUN }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    for (const [kind, input] of Object.entries(evidence)) await finish(kind, { model: MODEL, ...input });
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const open = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: stack.web, acceptDownloads: true, ...options });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
    return page;
  };

  beforeEach(() => open());
  afterEach(() => page.context().close());

  async function finish(kind: string, input: Record<string, unknown>): Promise<void> {
    const body = { kind, input, seed: 0, priority: 0, force: false };
    const { id } = unwrap(await createClient(stack.api).POST('/runs', { body }));
    const events = await Array.fromAsync(followRun(stack.api, id));
    expect(events.at(-1)).toMatchObject({ type: 'status', data: { status: 'succeeded' } });
  }

  const isLoaded = (image: unknown) => (image as { naturalWidth: number }).naturalWidth > 0;

  it('shows every picture that was made, and each of them large', async () => {
    await page.goto(PAGE);
    const positive = page.getByRole('region', { name: 'Channel, positive', exact: true });
    await positive.getByRole('button', { name: 'Channel, positive, restart 1' }).click();
    const large = page.getByRole('img', { name: `${LAYER}:${CHANNEL}: Channel, positive, restart 1` });
    await expect.poll(() => large.evaluate(isLoaded), { timeout: SOON }).toBe(true);
    const titles = ['Channel, positive', 'Channel, negative', 'Neuron, positive', 'Neuron, negative'];
    for (const title of titles)
      expect(await page.getByRole('region', { name: title, exact: true }).getByRole('button').count()).toBe(
        2,
      );
    const diverse = page.getByRole('region', { name: 'Channel, positive, diversity' });
    expect(await diverse.getByRole('button').count()).toBe(2);
  });

  it('shows examples from high to low, with heat that can be turned off, whole or what the unit sees', async () => {
    await page.goto(PAGE);
    const highest = page.getByRole('region', { name: 'Highest', exact: true });
    const first = highest.getByRole('img').first();
    await expect.poll(() => first.evaluate(isLoaded), { timeout: SOON }).toBe(true);
    expect(await highest.getByRole('listitem').count()).toBe(4);
    // Of 40 images none is between the 99 % and all.
    expect(await page.getByRole('region', { name: /^Drawn from/ }).count()).toBe(5);
    await highest.locator('canvas').first().waitFor();
    const cropped = (await first.boundingBox())!.width;
    await page.getByRole('switch', { name: 'Receptive field only' }).click();
    expect((await first.boundingBox())!.width).toBeLessThan(cropped);
    await page.getByRole('slider', { name: /Opacity/ }).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => highest.locator('canvas').count(), { timeout: SOON }).toBe(0);
    // What a reader likes stays.
    await page.reload();
    await first.waitFor();
    expect(await page.getByRole('switch', { name: 'Receptive field only' }).isChecked()).toBe(false);
  });

  it('shows numbers, histogram and tuning', async () => {
    await page.goto(PAGE);
    await page.getByRole('rowheader', { name: 'Kurtosis', exact: true }).waitFor();
    await page.getByRole('figure', { name: /^Histogram of the activation/ }).waitFor();
    const polar = page.getByRole('figure', { name: /^Response by orientation, peak at (0|90|180|270)°/ });
    expect(await polar.locator('path').count()).toBeGreaterThan(10);
    await page.getByRole('figure', { name: 'Response by orientation for each radius' }).waitFor();
  });

  it('leads along weights to the units at their ends', async () => {
    await page.goto(PAGE);
    const inputs = page.getByRole('region', { name: /^Inputs from/ });
    await inputs
      .getByRole('img', { name: /^Weights: / })
      .first()
      .waitFor();
    await page.getByRole('region', { name: /^Expanded weights from conv2d0/ }).waitFor();
    const link = page
      .getByRole('region', { name: /^Outputs to/ })
      .getByRole('link')
      .first();
    const href = (await link.getAttribute('href'))!;
    expect(href).toMatch(new RegExp(`^/models/${MODEL}/[^/]+/\\d+$`));
    await link.click();
    await page.waitForURL(`**${href}`);
    await page.getByRole('heading', { level: 1, name: href.split('/').slice(-2).join(':') }).waitFor();
  });

  it('is walked through with arrow keys, which text fields keep for themselves', async () => {
    await page.goto(PAGE);
    await page.getByRole('link', { name: 'Unit after' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`**/${CHANNEL + 1}`);
    await page.getByRole('heading', { level: 1, name: `${LAYER}:${CHANNEL + 1}` }).waitFor();
    await page.getByRole('combobox', { name: 'New tag' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('body').click({ position: { x: 5, y: 300 } });
    expect(new URL(page.url()).pathname).toBe(`/models/${MODEL}/${LAYER}/${CHANNEL + 1}`);
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(`**/${CHANNEL}`);
  });

  it('says what is missing and queues it', async () => {
    await page.goto(`/models/${MODEL}/conv2d1/3`);
    await page.getByRole('button', { name: 'Queue “Unit weights”' }).click();
    await page.getByRole('link', { name: 'The run' }).waitFor();
    const inputs = page.getByRole('region', { name: /^Inputs from/ });
    await inputs.waitFor({ timeout: RUN });
    expect(await inputs.getByRole('link').count()).toBeGreaterThan(0);
  });

  it('keeps a note, and lets nobody overwrite what another has written meanwhile', async () => {
    await page.goto(PAGE);
    await page.getByRole('button', { name: 'Write' }).click();
    await page
      .getByRole('textbox', { name: 'Note, in Markdown' })
      .fill('A **dark** spot <img src=x onerror="document.title=1">');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('strong', { hasText: 'dark' }).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const subject = `unit/${MODEL}/${LAYER}/${CHANNEL}`;
    await createClient(stack.api).PUT('/annotations/{subject}/note', {
      params: { path: { subject } },
      body: { body: 'Written meanwhile', version: 1 },
    });
    await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Written meanwhile').waitFor();
    await page.getByRole('button', { name: 'Replace it with my text' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const mine = page.getByText('Mine', { exact: true });
    await mine.waitFor();
    await page.reload();
    await mine.waitFor();
    expect(await mine.count()).toBe(1);
  });

  it('takes tags and comments, and lets them go', async () => {
    await page.goto(PAGE);
    await page.getByRole('combobox', { name: 'New tag' }).fill('dark spot');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Tags' }).getByText('dark spot').waitFor();
    await page.getByRole('button', { name: 'Remove the tag dark spot' }).click();
    await expect
      .poll(() => page.getByRole('button', { name: /^Remove the tag/ }).count(), { timeout: SOON })
      .toBe(0);

    await page.getByRole('textbox', { name: 'New comment' }).fill('Looks like _noise_');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.locator('em', { hasText: 'noise' }).waitFor();
    await page.getByRole('button', { name: 'Edit the comment' }).click();
    await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Looks like a spot');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Looks like a spot').waitFor();
    await page.getByRole('button', { name: 'Delete the comment' }).first().click();
    await page.getByRole('button', { name: 'Delete the comment' }).last().click();
    await expect.poll(() => page.getByText('Looks like a spot').count(), { timeout: SOON }).toBe(0);
  });

  it('is exported whole, and as tables', async () => {
    await page.goto(PAGE);
    await page.getByRole('button', { name: 'Export' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Everything, as a zip file' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`${MODEL}-${LAYER}-${CHANNEL}.zip`);
    const bytes = await readFile(await download.path());
    // As the directory at the end of the archive lists them.
    const files = ['unit.json', 'provenance.json', 'pictures/neuron-negative-1.webp', 'examples.csv'];
    expect(files.filter((file) => !bytes.includes(file))).toEqual([]);
  });

  it('gives links to it a title and a picture', async () => {
    const html = await (
      await fetch(stack.web + PAGE, { headers: { 'user-agent': 'Twitterbot/1.0' } })
    ).text();
    expect(html).toContain(`<meta property="og:title" content="${LAYER}:${CHANNEL} · ${MODEL}"`);
    expect(html).toMatch(/<meta name="description" content="Channel 5 of the \d+ of mixed3a/);
    const [, image] = /<meta property="og:image" content="([^"]+)"/.exec(html)!;
    expect(image!.startsWith(stack.web)).toBe(true);
    const answer = await fetch(image!);
    expect(answer.headers.get('content-type')).toBe('image/png');
    const picture = sharp(await answer.arrayBuffer());
    expect(await picture.metadata()).toMatchObject({ width: 1200, height: 630 });
    const { channels } = await picture.extract({ left: 0, top: 0, width: 630, height: 630 }).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(1);
  });

  it('may be shown inside pages of others in little, but not itself', async () => {
    const framed = (path: string) =>
      fetch(stack.web + path).then(({ headers }) => headers.get('content-security-policy'));
    expect(await framed(PAGE)).toContain('frame-ancestors');
    expect(await framed(`/embed${PAGE}`)).toBeNull();
    await page.goto(`/embed${PAGE}`);
    const link = page.getByRole('link', { name: `${LAYER}:${CHANNEL}` });
    expect(await link.getAttribute('href')).toBe(PAGE);
    const picture = page.getByRole('img', { name: `${LAYER}:${CHANNEL}: Channel, positive` });
    await expect.poll(() => picture.first().evaluate(isLoaded), { timeout: SOON }).toBe(true);
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  it('says what there is where there is no such unit', async () => {
    await page.goto(`/models/${MODEL}/${LAYER}/4000`);
    await page.getByText(`There is no unit ${LAYER}:4000`).waitFor();
    await page.goto(`/models/${MODEL}/mixed3x/0`);
    const hint = page.getByText(/did you mean/);
    expect(await hint.textContent()).toContain('mixed3');
  });

  it.each(['light', 'dark'] as const)('has no serious fault in the %s theme', async (colorScheme) => {
    await page.context().close();
    await open({ colorScheme, viewport: { width: 1280, height: 900 } });
    for (const path of [PAGE, `/embed${PAGE}`, `/models/${MODEL}/conv2d2/0`]) {
      await page.goto(path);
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  });

  it('fits a screen of 390 pixels', async () => {
    await page.context().close();
    await open({ viewport: { width: 390, height: 844 } });
    await page.goto(PAGE);
    await page.getByRole('figure', { name: /^Histogram/ }).waitFor();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
