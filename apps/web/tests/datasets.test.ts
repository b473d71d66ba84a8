import { createClient, unwrap } from '@fovea/client';
import type { Browser, Page } from 'playwright-core';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { picture, zipOf } from '@fovea/data/testing';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { seriousFaults } from './serious-faults.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 60_000;

/** Many small pictures of two classes, one that is broken, and enough noise to take a while to send. */
async function archive(): Promise<Buffer> {
  const files: Record<string, Uint8Array> = {};
  for (let shade = 0; shade < 150; shade++)
    files[`train/${shade < 100 ? 'dark' : 'light'}/${String(shade).padStart(3, '0')}.png`] =
      await picture(shade);
  files['train/dark/broken.png'] = (await picture(7)).subarray(0, 50);
  const noise = sharp(randomBytes(3 * 700 * 700), { raw: { width: 700, height: 700, channels: 3 } });
  files['test/light/noise.png'] = await noise.png().toBuffer();
  return zipOf(files);
}

describe.skipIf(!chromium)('datasets in the dashboard', { timeout: 180_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let zip: Buffer;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    zip = await archive();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  beforeEach(async () => {
    const context = await browser.newContext({ baseURL: stack.web, viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
  });

  afterEach(() => page.context().close());

  const names = async () =>
    unwrap(await createClient(stack.api).GET('/datasets')).items.map(({ name }) => name);

  async function choose(name: string, content: Buffer) {
    await page.goto('/datasets');
    await page.getByRole('button', { name: 'Upload' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/zip', buffer: content });
  }

  const send = () => page.getByRole('dialog').getByRole('button', { name: 'Upload' }).click();

  /** Lets no more than this many bytes leave in a second. */
  async function slowDown(uploadThroughput: number) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
    await session.send('Network.emulateNetworkConditions', conditions);
  }

  it('are uploaded with progress, and shown with what was left out', async () => {
    await choose('two shades.zip', zip);
    expect(await page.getByLabel('Name').inputValue()).toBe('two-shades');
    await page.getByLabel('Licence').fill('CC0-1.0');
    await slowDown(zip.length / 4);
    await send();
    const shares = new Set<string | null>();
    const bar = page.getByRole('progressbar', { name: 'Sent' });
    await bar.waitFor();
    while (await bar.isVisible()) shares.add(await bar.getAttribute('aria-valuetext').catch(() => null));
    await page.waitForURL('**/datasets/two-shades');
    // Not only nothing and all.
    expect(shares.size).toBeGreaterThan(3);
    await page.getByText('CC0-1.0').waitFor();
    expect(await page.getByRole('region', { name: 'Left out' }).textContent()).toContain(
      'train/dark/broken.png',
    );
    expect(await page.getByRole('region', { name: 'Images' }).getByText('150 images').count()).toBe(1);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('are browsed by class and split, by mouse and keyboard', async () => {
    await page.goto('/datasets/two-shades');
    await page.getByRole('button', { name: /^light/ }).click();
    await page.getByText('50 images').waitFor();
    await page.locator('[data-place="0"] img').first().waitFor();
    await page.locator('[data-place="0"]').focus();
    await page.keyboard.press('End');
    await page.locator('[data-place="49"]:focus').waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('train/light/149.png').waitFor();
    await page.keyboard.press('ArrowLeft');
    await dialog.getByText('train/light/148.png').waitFor();
    expect(page.url()).toContain('image=48');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Split' }).click();
    await page.getByRole('option', { name: 'test (1)' }).click();
    await page.getByText('1 image', { exact: true }).waitFor();
  });

  it('draw no more pictures than are in sight, however many there are', async () => {
    await page.goto('/datasets/procedural');
    await page.locator('[data-place="0"] img').waitFor();
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(150);
    await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
    await page.locator('[role=listitem] img').first().waitFor();
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(150);
  });

  it('keep the focus on the way to an image far away', async () => {
    await page.goto('/datasets/procedural?split=test&label=3');
    await page.locator('[data-place="0"] img').waitFor();
    await page.locator('[data-place="0"]').focus();
    await page.keyboard.press('End');
    await page.locator('[data-place="399"]:focus').waitFor();
    expect(await page.locator('[role=listitem]').count()).toBeLessThan(150);
  });

  it('may be dropped anywhere on the page', async () => {
    await page.goto('/datasets');
    await page.getByRole('table').waitFor();
    const small = await zipOf({ 'red/1.png': await picture(200) });
    // As text, since it speaks of the browser's own kinds of objects.
    const dropped = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob('${small.toString('base64')}'), (character) => character.codePointAt(0));
      transfer.items.add(new File([bytes], 'dropped.zip', { type: 'application/zip' }));
      return transfer;
    })()`);
    await page.getByRole('table').dispatchEvent('drop', { dataTransfer: dropped });
    await page.getByRole('dialog').getByText('dropped.zip').waitFor();
    await send();
    await page.waitForURL('**/datasets/dropped');
    await page.getByText('1 image', { exact: true }).waitFor();
    expect(await names()).toContain('dropped');
  });

  it('that cannot be read are refused, and say why', async () => {
    await choose('broken.zip', zip.subarray(0, 5000));
    await send();
    await page
      .getByRole('alert')
      .getByText(/zip archive cannot be read/)
      .waitFor();
    expect(await names()).not.toContain('broken');
  });

  it('are not registered when the upload is cancelled', async () => {
    await choose('cancelled.zip', zip);
    await slowDown(zip.length / 60);
    await send();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Upload' }).waitFor();
    expect(await names()).not.toContain('cancelled');
  });

  it('are removed on request', async () => {
    await page.goto('/datasets/two-shades');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the dataset' }).click();
    await page.waitForURL('**/datasets');
    await expect.poll(names).not.toContain('two-shades');
  });
});
