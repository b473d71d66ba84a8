/** Writes the OpenAPI document and the types of the client, both committed: `node apps/api/src/generate-client.ts`. */
import { writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

for (const { path, content } of await generatedFiles()) await writeFile(path, content);
