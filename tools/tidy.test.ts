/** The repository keeps its own promises: see architecture.json. Each test prints what breaks one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as rules from './tidy/rules.ts';
import { readSources } from './tidy/sources.ts';

const sources = readSources();
const architecture = rules.readArchitecture();

const entries = new Set(architecture.entries);

const promises: { readonly name: string; readonly violations: () => readonly string[] }[] = [
  {
    name: 'packages import only what architecture.json allows',
    violations: () => rules.forbiddenImports(sources, architecture),
  },
  {
    name: 'node modules are used only at the edges',
    violations: () => rules.nodeImports(sources, architecture),
  },
  {
    name: 'time, randomness and environment are arguments',
    violations: () => rules.ambientGlobals(sources, architecture),
  },
  { name: 'no module-level mutable state', violations: () => rules.moduleState(sources) },
  {
    name: 'files and functions keep their size',
    violations: () => rules.oversize(sources, architecture),
  },
  { name: 'every file is used', violations: () => rules.deadFiles(sources, entries) },
  { name: 'links in the documentation lead somewhere', violations: () => rules.brokenLinks() },
  { name: 'debts are tagged', violations: () => rules.untaggedDebts(sources) },
  {
    name: 'dependencies are pinned and explained',
    violations: () => rules.undocumentedDependencies(),
  },
];

for (const { name, violations } of promises) {
  test(name, () => assert.deepEqual(violations(), []));
}
