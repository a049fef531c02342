/** The served resources, arranged as discovery shows them: groups and versions in the order that clients prefer. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { DelegatedVersion } from '../aggregation/delegation.ts';

export interface ServedVersion {
  readonly group: string;
  readonly version: string;
  /** By name. */
  readonly resources: readonly ResourceDefinition[];
  /** Another server serves it. */
  readonly delegated?: DelegatedVersion;
}

export interface ServedGroup {
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly ServedVersion[];
}

/** Where a version stands: groups, and then versions, with a higher number come first. */
export interface Priority {
  readonly group: number;
  readonly version: number;
}

/** By `group/version`, or `version` alone for the core group. */
export type Priorities = Readonly<Record<string, Priority>>;

/** What groups that nobody gave a place get, as upstream gives to custom resources. */
const defaultPriority: Priority = { group: 1000, version: 100 };

export function arrange(
  definitions: readonly ResourceDefinition[],
  priorities: Priorities,
  delegated: readonly DelegatedVersion[] = [],
): readonly ServedGroup[] {
  const groups = new Map<string, Map<string, ResourceDefinition[]>>();
  for (const definition of definitions) {
    const versions = entry(groups, definition.group, () => new Map<string, ResourceDefinition[]>());
    entry(versions, definition.version, () => []).push(definition);
  }
  const others = new Map(delegated.map((each) => [`${each.group}/${each.version}`, each]));
  for (const { group, version } of delegated) {
    const versions = entry(groups, group, () => new Map<string, ResourceDefinition[]>());
    versions.set(version, []);
  }
  const priorityOf = (group: string, version: string): Priority =>
    others.get(`${group}/${version}`)?.priority ??
    priorities[group === '' ? version : `${group}/${version}`] ??
    defaultPriority;
  const served = [...groups].map(([name, versions]) => ({
    name,
    priority: Math.max(...[...versions.keys()].map((version) => priorityOf(name, version).group)),
    versions: [...versions]
      .map(([version, resources]) => ({
        group: name,
        version,
        resources: resources.toSorted((a, b) => compare(a.plural, b.plural)),
        ...delegatedTo(others.get(`${name}/${version}`)),
      }))
      .sort(
        (a, b) =>
          priorityOf(name, b.version).version - priorityOf(name, a.version).version ||
          compareVersions(a.version, b.version),
      ),
  }));
  return served.sort((a, b) => b.priority - a.priority || compare(a.name, b.name));
}

function delegatedTo(delegated: DelegatedVersion | undefined): Pick<ServedVersion, 'delegated'> {
  return delegated ? { delegated } : {};
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** General availability before beta before alpha, higher numbers first, names that are no versions last. */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (!left || !right) return left ? -1 : right ? 1 : compare(a, b);
  return right.stability - left.stability || right.major - left.major || right.minor - left.minor;
}

function parseVersion(text: string) {
  const match = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(text);
  if (!match) return undefined;
  const stability = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return { major: Number(match[1]), stability, minor: Number(match[3] ?? 0) };
}
