import { readFile } from 'node:fs/promises';
import { createClient, unwrap, type Run, type RunRequest } from '@fovea/client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { startStack, type Stack } from './stack.ts';

const chromium = findChromium();
if (!chromium) console.warn(`Skipped: ${NO_CHROMIUM}`);

const MODEL = 'fovea_mini';
const PNG_SIGNATURE = '89504e470d0a1a0a';
/** Milliseconds; the machine may be busy with other tests. */
const SOON = 30_000;
const RUN = 60_000;
/** Far more than there are controls before the one that is looked for. */
const MOST_STOPS = 100;

describe.skipIf(!chromium)('the dashboard in a browser', { timeout: 2 * RUN }, () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let unit: { layer: string; channel: number };

  beforeAll(async () => {
    stack = await startStack();
    browser = await launchChromium(chromium!);
    const { items } = unwrap(
      await createClient(stack.api).GET('/models/{name}/layers', { params: { path: { name: MODEL } } }),
    );
    // Somewhere in the middle, where there are channels and positions.
    const layer = items.filter(({ shape }) => shape.length === 3)[Math.floor(items.length / 2)]!;
    unit = { layer: layer.name, channel: 3 };
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  beforeEach(async () => {
    const context = await browser.newContext({ baseURL: stack.web, acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(SOON);
  });

  afterEach(() => page.context().close());

  const submit = async (changes: Partial<RunRequest> = {}): Promise<Run> =>
    unwrap(
      await createClient(stack.api).POST('/runs', {
        body: {
          kind: 'feature-visualization',
          input: {
            model: MODEL,
            objective: `${unit.layer}:${unit.channel}`,
            width: 32,
            height: 32,
            steps: 8,
          },
          priority: 0,
          force: false,
          ...changes,
        },
      }),
    );

  const expectStatus = (value: string, timeout = RUN) =>
    page.locator(`h1 [data-status="${value}"]`).waitFor({ timeout });

  async function fillSmall(steps: number) {
    await page.getByLabel('Width').fill('48');
    await page.getByLabel('Height').fill('48');
    await page.getByLabel('Steps').fill(String(steps));
  }

  it('takes a unit from the picker to a picture that can be downloaded', async () => {
    await page.goto(`/runs/new?model=${MODEL}`);
    await page.getByRole('searchbox', { name: 'Search layers' }).fill(unit.layer);
    await page.locator(`[role="radio"][value="${unit.layer}"]`).click();
    await page.getByRole('option', { name: String(unit.channel), exact: true }).click();
    expect(await page.getByRole('textbox', { name: 'Objective' }).inputValue()).toBe(
      `${unit.layer}:${unit.channel}`,
    );
    await fillSmall(40);
    await page.getByLabel('Preview every').fill('8');
    await page.getByText(/^≈/).waitFor();
    await page.getByRole('button', { name: 'Queue run' }).click();

    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.getByRole('img', { name: /^Preview, step/ }).waitFor({ timeout: RUN });
    // The run may end while the bytes of the preview are on their way.
    const picture = page.getByRole('img', { name: /^(Preview, step|Final picture)/ });
    const width = () =>
      picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
    await expect.poll(width, { timeout: SOON }).toBe(48);
    await expectStatus('succeeded');
    await page.getByText('Final picture').waitFor();
    await page.getByText('40 / 40').waitFor();
    expect(await page.getByRole('figure', { name: /^Loss from/ }).count()).toBe(1);

    const downloading = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /^Download .*\.png$/ })
      .first()
      .click();
    const bytes = await readFile(await (await downloading).path());
    expect(bytes.subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
  });

  it('duplicates a run with changes and shows in what the two differ', async () => {
    const original = await submit({ seed: 11, title: 'Twin' });
    await page.goto(`/runs/${original.id}`);
    await page.getByRole('link', { name: 'Duplicate with changes' }).click();
    const rate = page.getByLabel('Learning rate');
    await rate.waitFor();
    expect(await page.getByLabel('Steps').inputValue()).toBe('8');
    expect(await page.getByRole('spinbutton', { name: 'Seed' }).inputValue()).toBe('11');
    await rate.fill('0.01');
    await page.getByRole('button', { name: 'Queue run' }).click();
    await page.getByRole('link', { name: 'another run' }).waitFor();
    await expectStatus('succeeded');

    await page.goto('/runs?search=Twin');
    const boxes = page.getByRole('checkbox', { name: /^Select / });
    await boxes.nth(0).click();
    await boxes.nth(1).click();
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('rowheader', { name: 'Learning rate' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'Width' }).count()).toBe(0);
    await page.getByRole('switch', { name: 'All parameters' }).click();
    await page.getByRole('rowheader', { name: 'Width' }).waitFor();
  });

  it('says that the same run exists already', async () => {
    const first = await submit({ seed: 12 });
    await page.goto(`/runs/${first.id}`);
    await expectStatus('succeeded');
    await page.getByRole('link', { name: 'Duplicate with changes' }).click();
    await page.getByRole('button', { name: 'Queue run' }).click();
    await page.getByText(/The same run exists already/).waitFor();
    await page.waitForURL(`**/runs/${first.id}`);
  });

  it('cancels a long run and retries it', async () => {
    const run = await submit({
      seed: 13,
      input: { model: MODEL, objective: `${unit.layer}:1`, steps: 10_000 },
    });
    await page.goto(`/runs/${run.id}`);
    await expectStatus('running');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await expectStatus('cancelled', SOON);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectStatus('running');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await expectStatus('cancelled', SOON);
  });

  it('keeps filters in the address and columns in the browser', async () => {
    await submit({ seed: 14, title: 'Needle' });
    await page.goto('/runs');
    await page.getByRole('searchbox').fill('Needle');
    await page.getByRole('link', { name: 'Needle' }).waitFor();
    await page.getByRole('button', { name: 'Cancelled' }).click();
    await page.getByText('No run matches these filters').waitFor();
    await page.waitForURL(/search=Needle.*status=cancelled|status=cancelled.*search=Needle/);
    await page.reload();
    await page.getByText('No run matches these filters').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('Needle');

    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Seed' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('columnheader', { name: 'Seed' }).waitFor();
  });

  it('shows at the field what the API finds wrong', async () => {
    await page.goto(`/runs/new?model=${MODEL}`);
    const objective = page.getByRole('textbox', { name: 'Objective' });
    await objective.fill(`${unit.layer}x:0`);
    await page.getByRole('button', { name: 'Queue run' }).click();
    await page.getByRole('main').getByRole('alert').waitFor();
    expect(await objective.getAttribute('aria-invalid')).toBe('true');
    const about = await objective.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${about}"]`).textContent()).toContain(unit.layer);
    expect(page.url()).toContain('/runs/new');
  });

  it('refuses before asking the API what the schema already rules out', async () => {
    await page.goto(`/runs/new?model=${MODEL}&objective=${unit.layer}:0`);
    await page.getByLabel('Steps').fill('20000');
    await page.getByRole('button', { name: 'Queue run' }).click();
    await page
      .getByText(/10000|10,000/)
      .nth(1)
      .waitFor();
    expect(await page.getByLabel('Steps').getAttribute('aria-invalid')).toBe('true');
  });

  it('can be worked by keyboard alone', async () => {
    await page.goto('/runs');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to content');
    await tabTo(page.getByRole('link', { name: 'New run' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs/new');
    await page.getByRole('textbox', { name: 'Objective' }).waitFor();
    await tabTo(page.getByRole('textbox', { name: 'Objective' }));
    await page.keyboard.type(`${unit.layer}:2`);
    await tabTo(page.getByRole('spinbutton', { name: 'Steps' }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('6');
    await tabTo(page.getByRole('button', { name: 'Queue run' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.locator('h1 [data-status]').waitFor();
  });

  /** Moves the focus on until it stands on this control. */
  async function tabTo(target: Locator) {
    for (let presses = 0; presses < MOST_STOPS; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.locator(':focus').and(target).count()) > 0) return;
    }
    throw new Error(`The keyboard does not reach ${String(target)}`);
  }

  it('has a page for what does not exist', async () => {
    await page.goto('/runs/00000000-0000-7000-8000-000000000000');
    await page.getByText('There is no such run').waitFor();
    await page.goto('/models/no-such-model');
    await page.getByRole('main').getByRole('alert').waitFor();
    expect((await page.goto('/no-such-page'))?.status()).toBe(404);
  });
});
