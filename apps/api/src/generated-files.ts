/** What packages/client holds that nobody writes by hand. */
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { contracts } from './contracts.ts';
import { describe } from './http/openapi.ts';

const client = new URL('../../../packages/client/', import.meta.url);

export async function generatedFiles(): Promise<{ path: URL; content: string }[]> {
  const document = JSON.stringify(await describe(contracts), null, 2) + '\n';
  const types = await openapiTypescript(JSON.parse(document) as OpenAPI3, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    defaultNonNullable: false,
  });
  return [
    { path: new URL('openapi.json', client), content: document },
    { path: new URL('src/generated/openapi.ts', client), content: astToString(types) },
  ];
}
