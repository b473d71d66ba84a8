/** `npm run bench [-- --only steps|gradients|api] [--json]`. The API's bench needs servers, so it runs only by name. */
import { parseArgs } from 'node:util';
import { benchApi } from './api.ts';
import { benchGradients, gradientTable } from './gradients.ts';
import { benchSteps, stepLine } from './steps.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const result: Record<string, unknown> = {};

if (!values.only || values.only === 'steps') {
  const steps = await benchSteps();
  for (const line of stepLine(steps)) console.log(line);
  result.steps = steps;
}
if (!values.only || values.only === 'gradients') {
  const checks = await benchGradients();
  for (const line of gradientTable(checks)) console.log(line);
  result.gradients = checks;
}
if (values.only === 'api') result.api = await benchApi();
if (values.json) console.log(JSON.stringify(result));
