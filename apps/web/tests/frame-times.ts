/** How evenly a page draws while it is scrolled. */
import type { Page } from 'playwright-core';

export interface FrameTimes {
  readonly frames: number;
  /** Milliseconds between one frame and the next. */
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

const TURNS = 60;
/** Six thousand pixels in a second: as fast as one can still see what passes. */
const PIXELS = 200;
/** Milliseconds between two turns of the wheel, about as a hand turns it. */
const PAUSE = 33;

/** Turns the wheel for some seconds. */
export async function scrollingFrameTimes(page: Page): Promise<FrameTimes> {
  await page.mouse.move(400, 500);
  await page.evaluate(`
    window.frameTimes = [];
    let last = performance.now();
    (function next(now) {
      window.frameTimes.push(now - last);
      last = now;
      window.frameRequest = requestAnimationFrame(next);
    })(last);
  `);
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, PIXELS);
    await page.waitForTimeout(PAUSE);
  }
  const times = await page.evaluate<number[]>(
    'cancelAnimationFrame(window.frameRequest), window.frameTimes.slice(1)',
  );
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))]! * 10) / 10;
  return { frames: sorted.length, median: at(0.5), p95: at(0.95), worst: at(1) };
}
