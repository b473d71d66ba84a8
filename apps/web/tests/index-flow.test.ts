import { createClient, unwrap } from '@fovea/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 60_000;
const INDEX = 240_000;

describe.skipIf(!chromium)('indexing a model in a browser', { timeout: 2 * INDEX }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    const context = await browser.newContext({ baseURL: stack.web });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const estimate = () => page.getByLabel('Estimate of time and storage');
  const status = (value: string) => page.locator(`h1 [data-status="${value}"]`);

  it('estimates while one chooses, begins, pauses, resumes and ends at the pages of the layers', async () => {
    await page.goto('/models/fovea_mini');
    await page.getByRole('button', { name: 'Index this model' }).click();
    await estimate().getByText('683 units in 8 layers').waitFor();
    const before = await estimate().textContent();

    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Layers', { exact: true }).click();
    await page.getByRole('option', { name: 'Chosen ones' }).click();
    await dialog.getByText('Choose layers').waitFor();
    await dialog.getByLabel('conv2d1', { exact: true }).click();
    for (const part of ['DeepDream', 'Tuning', 'Weights', 'Sparsity'])
      await dialog.getByLabel(part, { exact: true }).click();
    await dialog.getByLabel('Objectives').click();
    await page.getByRole('option', { name: /^Channel/ }).click();
    await dialog.getByLabel('Restarts').fill('1');
    await dialog.getByLabel('Steps').fill('100');
    await dialog.getByLabel('Side').fill('24');
    await estimate().getByText('48 pictures of 24 units in 1 layers').waitFor();
    expect(await estimate().textContent()).not.toBe(before);

    await dialog.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/indexes\//);
    await page.getByRole('button', { name: 'Pause' }).click();
    await status('paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await status('running').waitFor();
    await status('finished').waitFor({ timeout: INDEX });
    await page.locator('td').getByText('48 / 48').waitFor();

    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    const index = unwrap(await createClient(stack.api).GET('/indexes/{id}', { params: { path: { id } } }));
    expect(index).toMatchObject({ status: 'finished', share: 1, pictures: { done: 48, total: 48 } });
    await page.getByRole('link', { name: 'conv2d1' }).click();
    await page.waitForURL(/\/models\/fovea_mini\/conv2d1$/);

    await page.goto('/models/fovea_mini');
    await page.getByText('48 of 48 pictures').waitFor();
  });
});
