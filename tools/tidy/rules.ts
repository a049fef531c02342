/** What the repository promises about itself. Each rule returns its violations as `file:line what is wrong`. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lineOf, type Node, root, type Source, visit } from './sources.ts';

export interface Architecture {
  readonly packages: Readonly<Record<string, readonly string[]>>;
  readonly forTestsOnly: Readonly<Record<string, readonly string[]>>;
  readonly mayUseNode: readonly string[];
  readonly mayUseAmbientTime: readonly string[];
  /** Files that are started, or imported by users of a package rather than by its siblings. */
  readonly entries: readonly string[];
  readonly sizes: {
    readonly fileLinesMax: number;
    readonly fileLinesP90: number;
    readonly functionLinesMax: number;
    readonly exempt: readonly string[];
  };
}

export function readArchitecture(): Architecture {
  return JSON.parse(readFileSync(path.join(root, 'architecture.json'), 'utf8')) as Architecture;
}

function matches(file: string, globs: readonly string[]): boolean {
  return globs.some((glob) => path.matchesGlob(file, glob));
}

/** A1-A7: a package imports only what `architecture.json` allows it, and nobody reaches into another package by path. */
export function forbiddenImports(sources: readonly Source[], rules: Architecture): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap(({ specifier, line }) => {
      const target = /^@navarch\/([^/]+)/.exec(specifier)?.[1];
      if (!target || !source.package || target === source.package) {
        return specifier.startsWith('.') && leavesPackage(source, specifier)
          ? [`${source.file}:${line} reaches out of its package: ${specifier}`]
          : [];
      }
      const allowed = [
        ...(rules.packages[source.package] ?? []),
        ...(source.isTest ? (rules.forTestsOnly[source.package] ?? []) : []),
      ];
      return allowed.includes(target)
        ? []
        : [`${source.file}:${line} ${source.package} may not import ${target}`];
    }),
  );
}

function leavesPackage(source: Source, specifier: string): boolean {
  if (!source.package) return false;
  const target = path.join(path.dirname(source.file), specifier);
  return !target.startsWith(`packages/${source.package}/`);
}

/** A5: Node's own modules only at the edges. */
export function nodeImports(sources: readonly Source[], rules: Architecture): string[] {
  return sources
    .filter((source) => !matches(source.file, rules.mayUseNode))
    .flatMap((source) =>
      source.imports
        .filter(({ specifier }) => specifier.startsWith('node:') || specifier === 'lmdb')
        .map(({ specifier, line }) => `${source.file}:${line} imports ${specifier}`),
    );
}

const bannedCalls = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
]);
const bannedMembers = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'performance.now',
  'process.env',
]);

/** A8, A10, determinism: time, randomness and the environment are arguments. */
export function ambientGlobals(sources: readonly Source[], rules: Architecture): string[] {
  return sources
    .filter((source) => !matches(source.file, rules.mayUseAmbientTime) && !source.isTest)
    .flatMap((source) => {
      const found: string[] = [];
      visit(source.tree, (node) => {
        const used = ambientUse(node);
        if (used) found.push(`${source.file}:${lineOf(source.text, node.start)} uses ${used}`);
      });
      return found;
    });
}

function ambientUse(node: Node): string | undefined {
  const name = (value: unknown): string => (value as { name?: string } | undefined)?.name ?? '';
  if (node.type === 'CallExpression' && bannedCalls.has(name(node['callee'])))
    return name(node['callee']);
  if (node.type === 'NewExpression' && name(node['callee']) === 'Date') {
    return (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : undefined;
  }
  if (node.type !== 'MemberExpression') return undefined;
  const member = `${name(node['object'])}.${name(node['property'])}`;
  return bannedMembers.has(member) ? member : undefined;
}

/** A11: no module-level mutable state. */
export function moduleState(sources: readonly Source[]): string[] {
  return sources
    .filter((source) => source.package && !source.isTest && source.package !== 'conformance')
    .flatMap((source) =>
      (source.tree['body'] as Node[])
        .filter((node) => isLet(node) || isLet(node['declaration'] as Node | null))
        .map((node) => `${source.file}:${lineOf(source.text, node.start)} module-level let`),
    );
}

function isLet(node: Node | null | undefined): boolean {
  return node?.type === 'VariableDeclaration' && node['kind'] !== 'const';
}

const functionTypes = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** Style 23: files and functions that fit in a head. Test bodies and data may be long, their files may not. */
export function oversize(sources: readonly Source[], rules: Architecture): string[] {
  const counted = sources.filter((source) => !matches(source.file, rules.sizes.exempt));
  const found = counted
    .filter((source) => source.lines > rules.sizes.fileLinesMax)
    .map((source) => `${source.file} has ${source.lines} lines`);
  const sorted = counted.map((source) => source.lines).toSorted((a, b) => a - b);
  const p90 = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  if (p90 > rules.sizes.fileLinesP90)
    found.push(`the 90th percentile of file sizes is ${p90} lines`);
  for (const source of counted.filter((candidate) => !candidate.isTest)) {
    visit(source.tree, (node) => {
      if (!functionTypes.has(node.type)) return;
      const first = lineOf(source.text, node.start);
      const lines = lineOf(source.text, node.end) - first + 1;
      if (lines > rules.sizes.functionLinesMax)
        found.push(`${source.file}:${first} a function of ${lines} lines`);
    });
  }
  return found;
}

/** A file that nothing uses: not imported, not an entry. */
export function deadFiles(sources: readonly Source[], entries: ReadonlySet<string>): string[] {
  const used = new Set<string>();
  for (const source of sources) {
    for (const { specifier } of source.imports) {
      const target = resolveImport(source.file, specifier);
      if (target && !(source.isTest && isTestOf(source.file, target))) used.add(target);
    }
  }
  return (
    sources
      // Types are data for the generator; conformance is nothing but tests and their material.
      .filter((source) => source.package && !source.isTest && !entries.has(source.file))
      .filter(
        ({ file, package: owner }) =>
          owner !== 'conformance' && !file.startsWith('packages/api/src/types/'),
      )
      .filter((source) => !used.has(source.file))
      .map((source) => `${source.file} is used by nothing but its tests`)
  );
}

function isTestOf(test: string, target: string): boolean {
  return test.replace('.test.ts', '.ts') === target;
}

export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return path.join(path.dirname(from), specifier);
  const [, name, rest] = /^@navarch\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  return name && rest ? `packages/${name}/src/${rest}.ts` : undefined;
}

/** Relative links in the documentation lead somewhere. */
export function brokenLinks(): string[] {
  return globSync(['*.md', 'docs/**/*.md', 'packages/*/**/*.md'], { cwd: root })
    .filter((file) => !file.includes('node_modules'))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !existsSync(path.join(root, path.dirname(file), link)))
        .map((link) => `${file} links to ${link}, which is not there`);
    });
}

/** Debts carry a tag that says what kind they are. */
export function untaggedDebts(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    source.text
      .split('\n')
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(
        ({ line }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(line) && /^\s*(\/\/|\*|\/\*)/.test(line),
      )
      .filter(({ line }) => !/TODO\((correctness|limits|speed|cleanup)\): /.test(line))
      .map(({ number }) => `${source.file}:${number} an untagged debt`),
  );
}

/** What is installed from elsewhere is declared, with its reason, in docs/dependencies.md. */
export function undocumentedDependencies(): string[] {
  const documented = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8');
  return globSync(['package.json', 'packages/*/package.json'], { cwd: root }).flatMap((file) => {
    const manifest = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    return Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] })
      .filter(([name]) => !name.startsWith('@navarch/') && name !== 'navarch')
      .flatMap(([name, version]) => [
        ...(documented.includes(`\`${name}\``)
          ? []
          : [`${file}: ${name} has no line in docs/dependencies.md`]),
        ...(/^\d/.test(version) ? [] : [`${file}: ${name} is not pinned (${version})`]),
      ]);
  });
}
