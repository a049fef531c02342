/**
 * Compiles the API types (`packages/api/src/types`) to the runtime schema and its descriptions
 * (`packages/api/src/generated`). Run it after every change to a type or its comment; a test
 * compares the committed output with what it writes.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTypes } from './generate-schema/compile-types.ts';
import { readTypesFile } from './generate-schema/read-types.ts';
import type { TypesFile } from './generate-schema/read-types.ts';

const api = join(import.meta.dirname, '../packages/api/src');

/** The generated files: their paths and their text. */
export function generateSchema(): { readonly path: string; readonly text: string }[] {
  const compiled = compileTypes(readTypes(join(api, 'types')));
  const { kinds, groups, types, descriptions } = compiled;
  return [
    {
      path: join(api, 'generated/schema.json'),
      text: `{"kinds":${lines(kinds)},\n"groups":${lines(groups)},\n"types":${lines(types)}}\n`,
    },
    { path: join(api, 'generated/descriptions.json'), text: `${lines(descriptions)}\n` },
  ];
}

/** Every file below `folder` but the scalars, which have no schema of their own. */
function readTypes(folder: string): TypesFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && path !== 'scalars.ts')
    .sort()
    .map((path) => readTypesFile(path, readFileSync(join(folder, path), 'utf8')));
}

/** One line per entry, so that a change shows as the lines it touches. */
function lines(entries: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(entries).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{\n${rows.join(',\n')}\n}`;
}

if (import.meta.main) {
  mkdirSync(join(api, 'generated'), { recursive: true });
  for (const { path, text } of generateSchema()) writeFileSync(path, text);
}
