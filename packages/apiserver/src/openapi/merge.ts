/**
 * Joins the OpenAPI 2 documents of several servers into one, as kube-aggregator does: paths that are there stay as they are, and a
 * definition of the same name that says something else comes under another name. Pure; no argument is changed.
 */

export type Json = Readonly<Record<string, unknown>>;

interface Sections {
  readonly paths: Record<string, unknown>;
  readonly definitions: Record<string, unknown>;
  readonly parameters: Record<string, unknown>;
}

const definitionPrefix = '#/definitions/';
const parameterPrefix = '#/parameters/';
const kindsKey = 'x-kubernetes-group-version-kind';

/** `base` with what the others have beside it, the first of them first. Whatever is no section of names is `base`'s. */
export function mergeV2(base: Json, others: readonly Json[]): Json {
  if (others.length === 0) return base;
  const into: Sections = {
    paths: { ...sectionOf(base, 'paths') },
    definitions: { ...sectionOf(base, 'definitions') },
    parameters: { ...sectionOf(base, 'parameters') },
  };
  for (const other of others) mergeInto(into, other);
  const { parameters, ...named } = into;
  return { ...base, ...named, ...(Object.keys(parameters).length > 0 && { parameters }) };
}

/**
 * The document with the paths that `keeps` says, and without the definitions that only other paths used. Those that no path used
 * stay.
 */
export function filterPaths(document: Json, keeps: (path: string) => boolean): Json {
  const before = sectionOf(document, 'paths');
  const paths = Object.fromEntries(Object.entries(before).filter(([path]) => keeps(path)));
  const all = sectionOf(document, 'definitions');
  const usedBefore = usedDefinitions(before, all);
  const used = usedDefinitions(paths, all);
  const definitions = Object.fromEntries(
    Object.entries(all).filter(([name]) => used.has(name) || !usedBefore.has(name)),
  );
  return { ...document, paths, definitions };
}

function sectionOf(document: Json, name: string): Json {
  const section = document[name];
  return isObject(section) ? section : {};
}

function mergeInto(into: Sections, other: Json): void {
  const conflicts = (path: string): boolean => Object.hasOwn(into.paths, path);
  const paths = Object.keys(sectionOf(other, 'paths'));
  if (paths.every(conflicts)) return;
  const added = paths.some(conflicts) ? filterPaths(other, (path) => !conflicts(path)) : other;
  const definitions = sectionOf(added, 'definitions');
  const parameters = sectionOf(added, 'parameters');
  const names: Names = {
    definitions: newNames(into.definitions, definitions, isSameDefinition),
    parameters: newNames(into.parameters, parameters, isEqual),
  };
  const renamed = (value: unknown): unknown => withReferences(value, names);
  for (const [name, value] of Object.entries(definitions)) {
    const as = names.definitions.get(name) ?? name;
    const known = into.definitions[as];
    into.definitions[as] = known === undefined ? renamed(value) : withKindsOf(known, value);
  }
  for (const [name, value] of Object.entries(parameters)) {
    into.parameters[names.parameters.get(name) ?? name] ??= renamed(value);
  }
  for (const [path, item] of Object.entries(sectionOf(added, 'paths'))) {
    into.paths[path] = renamed(item);
  }
}

interface Names {
  readonly definitions: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
}

/** New names for what is named like something else. One that was renamed so before, and says the same, is used again. */
function newNames(
  known: Json,
  added: Json,
  isSame: (a: unknown, b: unknown) => boolean,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [name, value] of Object.entries(added)) {
    if (!Object.hasOwn(known, name) || isSame(known[name], value)) continue;
    for (let number = 2; ; number++) {
      const candidate = `${name}_v${number}`;
      const isKnown = Object.hasOwn(known, candidate);
      if (isKnown ? !isSame(known[candidate], value) : isUsed(candidate)) continue;
      names.set(name, candidate);
      taken.add(candidate);
      break;
    }
  }
  return names;

  function isUsed(candidate: string): boolean {
    return taken.has(candidate) || Object.hasOwn(added, candidate);
  }
}

function isSameDefinition(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return isEqual(a, b);
  return isEqual({ ...a, [kindsKey]: undefined }, { ...b, [kindsKey]: undefined });
}

/** A type that several groups use says for each of them which kind it is. */
function withKindsOf(known: unknown, other: unknown): unknown {
  if (!isObject(known) || !isObject(other)) return known;
  const [mine, theirs] = [kindsOf(known), kindsOf(other)];
  const all = new Map(mine.map((kind) => [kindText(kind), kind]));
  for (const kind of theirs) if (!all.has(kindText(kind))) all.set(kindText(kind), kind);
  if (all.size === mine.length) return known;
  const sorted = [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
  return { ...known, [kindsKey]: sorted };
}

function kindsOf(definition: Json): readonly unknown[] {
  const kinds = definition[kindsKey];
  return Array.isArray(kinds) ? kinds : [];
}

function kindText(kind: unknown): string {
  const { group, version, kind: name } = isObject(kind) ? kind : {};
  return `${String(group)}/${String(version)}.${String(name)}`;
}

/** The names of what the paths refer to, directly or through other definitions. */
function usedDefinitions(paths: Json, definitions: Json): ReadonlySet<string> {
  const used = new Set<string>();
  const look = (value: unknown): void => {
    forEachReference(value, (reference) => {
      if (!reference.startsWith(definitionPrefix)) return;
      const name = reference.slice(definitionPrefix.length);
      if (used.has(name)) return;
      used.add(name);
      look(definitions[name]);
    });
  };
  look(paths);
  return used;
}

function forEachReference(value: unknown, visit: (reference: string) => void): void {
  if (Array.isArray(value)) for (const element of value) forEachReference(element, visit);
  else if (isObject(value)) {
    if (typeof value['$ref'] === 'string') visit(value['$ref']);
    for (const member of Object.values(value)) {
      if (typeof member === 'object') forEachReference(member, visit);
    }
  }
}

function withReferences(value: unknown, names: Names): unknown {
  if (names.definitions.size === 0 && names.parameters.size === 0) return value;
  if (Array.isArray(value)) return value.map((element) => withReferences(element, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string'
        ? renamedReference(member, names)
        : withReferences(member, names),
    ]),
  );
}

function renamedReference(reference: string, { definitions, parameters }: Names): string {
  for (const [prefix, names] of [
    [definitionPrefix, definitions],
    [parameterPrefix, parameters],
  ] as const) {
    if (!reference.startsWith(prefix)) continue;
    const name = names.get(reference.slice(prefix.length));
    return name === undefined ? reference : prefix + name;
  }
  return reference;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((each, at) => isEqual(each, b[at]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isEqual(a[name], b[name]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
