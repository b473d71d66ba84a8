import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { registerArchitecture } from './register-architecture.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;

describe.skipIf(!chromium)('the graph of a model', { timeout: 120_000 }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    for (const name of ['inception_v3', 'vit_large_patch16_224', 'stable_diffusion_1_unet'])
      await registerArchitecture(stack.api, name);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  beforeEach(async () => {
    const context = await browser.newContext({
      baseURL: stack.web,
      viewport: { width: 1440, height: 1000 },
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
  });

  afterEach(() => page.context().close());

  const block = (path: string) => page.locator(`[data-id="block:${path}"] button`);
  const layer = (name: string) => page.locator(`[data-id="layer:${name}"] button`);
  const focused = () => page.locator('[data-id]:has(:focus)').getAttribute('data-id');
  const details = () => page.getByRole('region', { name: 'Chosen layer' });
  const search = () => page.getByRole('combobox', { name: 'Find a layer' });
  const corner = async (target: Locator) => {
    const { x, y } = (await target.boundingBox())!;
    return { x: Math.round(x), y: Math.round(y) };
  };

  it('opens a block in place and closes it again', async () => {
    await page.goto('/models/fovea_mini');
    await block('mixed3a').waitFor();
    expect(await layer('mixed3a.branch1x1').count()).toBe(0);
    const before = await corner(page.locator('[data-id="block:mixed3a"]'));
    await block('mixed3a').click();
    await layer('mixed3a').waitFor();
    expect(await corner(page.locator('[data-id="block:mixed3a"]'))).toEqual(before);
    expect(await block('mixed3a').getAttribute('aria-expanded')).toBe('true');
    await block('mixed3a.branch1x1').waitFor();
    await block('mixed3a').click();
    await layer('mixed3a').waitFor({ state: 'detached' });
  });

  it('tells all about the layer that is chosen', async () => {
    await page.goto('/models/fovea_mini');
    await block('mixed3a').click();
    await details().getByRole('heading', { name: 'mixed3a' }).waitFor();
    expect(page.url()).toContain('layer=mixed3a');
    for (const text of ['16 × 16 × 80', 'height × width × channel', 'concat', '35 px'])
      await details().getByText(text, { exact: true }).waitFor();
    await details().getByRole('img', { name: 'A square of 35 pixels on an input of 64 by 64' }).waitFor();
    await details().getByRole('button', { name: 'mixed3a.branch_pool' }).click();
    await details().getByRole('heading', { name: 'mixed3a.branch_pool' }).waitFor();
    expect(await layer('mixed3a.branch_pool').getAttribute('aria-pressed')).toBe('true');
    await details().getByRole('link', { name: 'Visualize a channel' }).click();
    const objective = page.getByRole('textbox', { name: 'Objective' });
    await objective.waitFor();
    expect(await objective.inputValue()).toBe('mixed3a.branch_pool:0');
  });

  it('opens at the layer that the address names', async () => {
    await page.goto('/models/inception_v3?layer=Mixed_6e.branch7x7dbl_3.pre_relu');
    const named = layer('Mixed_6e.branch7x7dbl_3.pre_relu');
    await named.waitFor();
    expect(await named.getAttribute('aria-pressed')).toBe('true');
    const canvas = (await page.locator('.react-flow').boundingBox())!;
    const { x, y } = await corner(named);
    expect(x > canvas.x && x < canvas.x + canvas.width).toBe(true);
    expect(y > canvas.y && y < canvas.y + canvas.height).toBe(true);
  });

  it('says so when the address names no layer of the model', async () => {
    await page.goto('/models/fovea_mini?layer=mixed9z');
    const answer = details().getByText('This model has no layer called mixed9z.');
    await answer.waitFor();
    expect(await page.locator('[aria-pressed="true"]').count()).toBe(0);
  });

  it('finds a layer by name or kind and opens what is around it', async () => {
    await page.goto('/models/vit_large_patch16_224');
    await search().fill('softmax');
    await page.getByText('24 of').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await layer('blocks.2.attn.pattern').waitFor();
    expect(page.url()).toContain('layer=blocks.2.attn.pattern');
    await details().getByText('head × query × key').waitFor();
    expect(await details().getByRole('link', { name: 'Visualize a channel' }).count()).toBe(0);
  });

  it('can be worked by keyboard alone', async () => {
    await page.goto('/models/fovea_mini');
    await block('conv2d0').waitFor();
    await page.getByRole('button', { name: 'Close all' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('block:conv2d0');
    await page.keyboard.press('ArrowRight');
    await layer('conv2d0.pre_relu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await details().getByRole('heading', { name: 'conv2d0.pre_relu' }).waitFor();
    expect(await focused()).toBe('layer:conv2d0.pre_relu');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await layer('conv2d0.pre_relu').waitFor({ state: 'detached' });
    await page.keyboard.press('End');
    await expect.poll(focused, { timeout: SOON }).toBe('layer:logits');
  });

  it('fills in the objective of a new run, with a channel that the layer has', async () => {
    await page.goto('/runs/new?model=fovea_mini');
    await page.getByRole('button', { name: 'Choose in graph' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose a unit' });
    await block('mixed4a').click();
    const channel = dialog.getByLabel('Channel', { exact: true });
    await dialog.getByText('0 to 159').waitFor();
    await channel.fill('160');
    expect(await dialog.getByRole('button', { name: /^Use/ }).isDisabled()).toBe(true);
    await channel.fill('159');
    await dialog.getByRole('button', { name: 'Use mixed4a:159' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'Objective' }).inputValue()).toBe('mixed4a:159');
  });

  it('offers no units in layers without channels', async () => {
    await page.goto('/runs/new?model=vit_large_patch16_224');
    await page.getByRole('button', { name: 'Choose in graph' }).click();
    await search().fill('blocks.2.attn');
    const options = await page.getByRole('option').allTextContents();
    expect(options.some((option) => option.startsWith('blocks.2.attn.z'))).toBe(true);
    expect(options.some((option) => option.startsWith('blocks.2.attn.pattern'))).toBe(false);
    await page.getByRole('option', { name: /^blocks\.2\.attn\.z/ }).click();
    expect(await layer('blocks.2.attn.pattern').getAttribute('aria-disabled')).toBe('true');
    await layer('blocks.2.attn.pattern').click({ force: true });
    await page.getByRole('button', { name: 'Use blocks.2.attn.z:0' }).waitFor();
  });

  it.each(['vit_large_patch16_224', 'stable_diffusion_1_unet'])('is quick with %s', async (model) => {
    const canvas = page.locator('.react-flow');
    const node = page.locator('.react-flow__node button');
    const started = performance.now();
    await page.goto(`/models/${model}`);
    await node.first().waitFor();
    const painted = performance.now();
    await block(model.startsWith('vit') ? 'blocks.5' : 'mid_block').click();
    await canvas.locator('button[aria-expanded="true"]').waitFor();
    const opened = performance.now();
    await page.getByRole('button', { name: 'Open all' }).click();
    await canvas.locator('button[aria-expanded="true"]').nth(2).waitFor({ timeout: 60_000 });
    const all = performance.now();
    console.log(
      `${model}: first paint ${Math.round(painted - started)} ms, one block ${Math.round(opened - painted)} ms, all ${Math.round(all - opened)} ms`,
    );
    expect(painted - started).toBeLessThan(20_000);
    expect(opened - painted).toBeLessThan(10_000);
  });

  it.each(['light', 'dark'] as const)('has no serious fault in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const serious = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      return faults.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    await page.goto('/models/fovea_mini?layer=mixed3a');
    await layer('mixed3a').waitFor();
    expect(await serious()).toEqual([]);
    await search().fill('branch');
    await page.getByRole('option').first().waitFor();
    expect(await serious()).toEqual([]);
    await page.goto('/runs/new?model=fovea_mini&objective=mixed3a:2');
    await page.getByRole('button', { name: 'Choose in graph' }).click();
    await layer('mixed3a').waitFor();
    expect(await serious()).toEqual([]);
  });
});
