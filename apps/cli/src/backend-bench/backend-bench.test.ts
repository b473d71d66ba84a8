import { expect, test } from 'vitest';
import { callFovea, lastJson } from '../testing/call-fovea.ts';

interface Printed {
  readonly layer: string;
  readonly recommended: { readonly engine: string };
  readonly routes: readonly {
    readonly route: { readonly engine: string; readonly provider?: string; readonly backend?: string };
    readonly perPictureStep: Readonly<Record<string, number>>;
    readonly reason?: string;
  }[];
}

test('one step is measured on all that runs here; the rest says why not', { timeout: 300_000 }, async () => {
  const { code, stdout } = await callFovea(['backend', 'bench', '--layer', 'conv2d0', '--json']);
  expect(code).toBe(0);
  const { layer, recommended, routes } = lastJson(stdout) as Printed;
  expect(layer).toBe('conv2d0');
  expect(routes).toHaveLength(8);
  // Either a time or a reason.
  expect(
    routes.filter(({ perPictureStep, reason }) => (perPictureStep[1]! > 0 ? 1 : 0) === (reason ? 1 : 0)),
  ).toEqual([]);
  const wasm = routes.find(({ route }) => route.backend === 'wasm')!;
  expect(wasm.reason).toBeUndefined();
  expect(routes.map(({ route }) => route)).toContainEqual(recommended);
});

test('a layer that is not there is refused before anything is measured', async () => {
  const { code, stderr } = await callFovea(['backend', 'bench', '--layer', 'conv2d9']);
  expect(code).toBe(2);
  expect(stderr).toContain('conv2d0');
});
