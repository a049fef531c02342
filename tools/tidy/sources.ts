/** The repository's own TypeScript files, parsed once for all tidy rules. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export const root = path.join(import.meta.dirname, '..', '..');

export interface Source {
  /** From the repository's root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly lines: number;
  readonly isTest: boolean;
  /** The package's folder name; '' for tools and benchmarks. */
  readonly package: string;
  readonly imports: readonly Import[];
  readonly tree: Node;
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** A syntax node, as far as the rules look at it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export function readSources(): readonly Source[] {
  return globSync(['packages/*/{src,test}/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'], {
    cwd: root,
  })
    .filter((file) => !file.includes('node_modules'))
    .toSorted()
    .map(readSource);
}

function readSource(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const parsed = parseSync(file, text);
  const imports: Import[] = [];
  const add = (specifier: string, start: number): void => {
    imports.push({ specifier, line: lineOf(text, start) });
  };
  for (const item of parsed.module.staticImports) add(item.moduleRequest.value, item.start);
  for (const item of parsed.module.dynamicImports) {
    const quoted = text.slice(item.moduleRequest.start, item.moduleRequest.end);
    if (/^['"]/.test(quoted)) add(quoted.slice(1, -1), item.start);
  }
  for (const item of parsed.module.staticExports) {
    for (const entry of item.entries)
      if (entry.moduleRequest) add(entry.moduleRequest.value, item.start);
  }
  return {
    file,
    text,
    lines: text.split('\n').length - 1,
    isTest:
      file.endsWith('.test.ts') ||
      /\/test(ing)?(\/|\.ts$)/.test(file) ||
      file.endsWith('/contract.ts'),
    package: /^packages\/([^/]+)\//.exec(file)?.[1] ?? '',
    imports,
    tree: parsed.program as unknown as Node,
  };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Visits every node, parents first. */
export function visit(
  node: Node,
  on: (node: Node, parent: Node | undefined) => void,
  parent?: Node,
): void {
  on(node, parent);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, on, node);
    } else if (isNode(value)) visit(value, on, node);
  }
}
