/** The list of kinds against what a real server serves, where that is at hand. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { builtinResources } from './index.ts';

const reference = new URL('../../../../shared/reference/', import.meta.url);

function facts(file: string): unknown {
  const url = new URL(file, reference);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined;
}

interface Served {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly scope: string;
  readonly verbs: readonly string[];
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources: readonly { readonly name: string; readonly verbs: readonly string[] }[];
}

function describe(definition: ResourceDefinition): Served {
  const { group, version, plural, kind, scope, verbs, singular } = definition;
  const { shortNames, categories, subresources = [] } = definition;
  return {
    group,
    version,
    resource: plural,
    kind,
    scope,
    verbs,
    singular,
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    subresources: subresources
      .map(({ name, verbs: own }) => ({ name, verbs: own }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const served = facts('resources.json') as readonly Served[] | undefined;
const tables = facts('tables.json') as Readonly<Record<string, readonly unknown[]>> | undefined;
const skip = served && tables ? false : 'the facts of a real server are not at hand';

/** In v1.36 and not yet in the pre-release of v1.35 that the facts are of. */
const newer: ReadonlySet<string> = new Set([
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
]);

test('every kind that a real server serves is here, as it serves it', { skip }, () => {
  const lines = (list: readonly Served[] | undefined) =>
    (list ?? []).map((fact) => JSON.stringify(withNames(fact))).toSorted();
  const ours = builtinResources.filter(({ plural }) => !newer.has(plural));
  assert.deepEqual(lines(ours.map(describe)), lines(served));
});

/** In one order, whatever the order of the facts. */
function withNames(fact: Served): object {
  const { group, version, resource, kind, scope, verbs, singular } = fact;
  const { shortNames, categories, subresources } = fact;
  const parts = subresources.map(({ name, verbs: own }) => `${name}: ${own.join(' ')}`);
  return {
    name: `${group}/${version}/${resource}`,
    kind,
    scope,
    verbs: verbs.join(' '),
    singular,
    shortNames,
    categories,
    subresources: parts,
  };
}

test('tables have the columns of a real server', { skip }, () => {
  for (const { group, version, plural, table } of builtinResources) {
    const name = `${group === '' ? version : `${group}/${version}`}/${plural}`;
    const wanted = tables?.[name];
    if (!wanted) continue;
    const columns = table.columns.map(({ name: title, type, format = '', priority = 0 }) => [
      title,
      type,
      format,
      priority,
    ]);
    assert.deepEqual(columns, wanted, name);
  }
});

test('a view is a view of something that is served', () => {
  for (const { viewOf, kind } of builtinResources) {
    if (!viewOf) continue;
    const stored = builtinResources.find(
      ({ group, version, plural }) =>
        group === viewOf.group && version === viewOf.version && plural === viewOf.plural,
    );
    assert.ok(stored && !stored.viewOf, kind);
  }
});

test('no two stored resources share a place in the store', () => {
  const stored = builtinResources.filter(
    ({ viewOf, answerCreate, answerRead }) => !viewOf && !answerCreate && !answerRead,
  );
  const prefixes = stored.map(({ storagePrefix }) => storagePrefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
});
