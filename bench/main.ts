/**
 * `npm run bench [-- --only steps|step:MODEL:LAYER|gradients|api] [--json]`. The API's bench needs servers, so it runs
 * only by name.
 */
import { parseArgs } from 'node:util';
import { benchApi } from './api.ts';
import { benchGradients, gradientTable } from './gradients.ts';
import { benchedModels, benchSteps, stepLine, type StepTime } from './steps.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const result: Record<string, unknown> = {};

const [kind, ...step] = values.only?.split(':') ?? [];
if (!kind || kind === 'steps' || kind === 'step') {
  const steps: StepTime[] = [];
  const cases = kind === 'step' ? [step] : benchedModels.map((model) => [model]);
  for (const [model, layer] of cases) {
    const times = await benchSteps(model!, layer);
    if (times.length > 0) console.log(stepLine(times));
    steps.push(...times);
  }
  result.steps = steps;
}
if (!values.only || values.only === 'gradients') {
  const checks = await benchGradients();
  for (const line of gradientTable(checks)) console.log(line);
  result.gradients = checks;
}
if (values.only === 'api') result.api = await benchApi();
if (values.json) console.log(JSON.stringify(result));
