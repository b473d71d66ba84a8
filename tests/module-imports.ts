/** The modules that a source file names, read by a real parser. */
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

export interface ModuleImport {
  /** As written: `./step.ts`, `@fovea/tensor`, `node:fs`. */
  readonly specifier: string;
  /** `import type` and `export type` leave nothing to load. */
  readonly typeOnly: boolean;
}

export function moduleImports(file: string): ModuleImport[] {
  const code = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const text = (span: { start: number; end: number }) => code.slice(span.start, span.end);
  const imports = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    typeOnly: /^import\s+type\b/.test(text(statement)),
  }));
  const exports = module.staticExports.flatMap((statement) => {
    const request = statement.entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest;
    return request ? [{ specifier: request.value, typeOnly: /^export\s+type\b/.test(text(statement)) }] : [];
  });
  // A dynamic import of anything but a literal names no module that can be checked.
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^['"](.*)['"]$/.exec(text(moduleRequest));
    return literal ? [{ specifier: literal[1]!, typeOnly: false }] : [];
  });
  return [...imports, ...exports, ...dynamic];
}
