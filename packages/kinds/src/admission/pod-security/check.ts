/** What a check of the pod security standards is, and how it words what it finds. */
import type { Container, EphemeralContainer } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf } from '../../nil.ts';
import { compareText } from '../../table/cells.ts';

export interface PodLike {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/** What a pod does that it must not. */
export interface Violation {
  /** In a few words; all that is said of the pods that a namespace has already. */
  readonly reason: string;
  /** Which parts of the pod, and what they should do instead. */
  readonly detail: string;
}

export interface Check {
  /** Upstream's; violations are listed in the order of these. */
  readonly id: string;
  /** `baseline` checks hold for restricted pods as well, unless a restricted one stands in for them. */
  readonly level: 'baseline' | 'restricted';
  /** How the check went in the versions since `since`, oldest first. */
  readonly versions: readonly CheckVersion[];
}

export interface CheckVersion {
  /** The minor version of Kubernetes that began with it. */
  readonly since: number;
  run(pod: PodLike): Violation | undefined;
  /** Checks that are not run beside this one. */
  readonly replaces?: readonly string[];
}

export type AnyContainer = Container | EphemeralContainer;

/** Init containers come first. */
export function containersOf({ spec }: PodLike): readonly AnyContainer[] {
  return [
    ...listOf(spec.initContainers),
    ...listOf(spec.containers),
    ...listOf(spec.ephemeralContainers),
  ];
}

/** The names of those containers that do something. */
export function namesWhere(pod: PodLike, holds: (container: AnyContainer) => boolean): string[] {
  return containersOf(pod)
    .filter(holds)
    .map(({ name }) => name);
}

/** `"a", "b"`, as given: nothing is escaped. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** The different ones, in order. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].toSorted(compareText);
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `container "a"`, `containers "a", "b"`. */
export function containersText(names: readonly string[]): string {
  return `${plural(names.length, 'container')} ${quoted(names)}`;
}

/** `pod and container "a"`: all who say something themselves. Empty when nobody does. */
export function settersText(pod: boolean, containers: readonly string[]): string {
  const setters = pod ? ['pod'] : [];
  if (containers.length > 0) setters.push(containersText(containers));
  return setters.join(' and ');
}

/** Windows has none of what many checks ask about, and validation refuses it there. */
export function isWindows({ spec }: PodLike): boolean {
  return spec.os?.name === 'windows';
}

/** In a user namespace of its own, a pod's root is nobody on the node. */
export function hasOwnUsers({ spec }: PodLike): boolean {
  return spec.hostUsers === false;
}

/** Does not ask pods of which that holds. */
export function unless(
  exempt: (pod: PodLike) => boolean,
  run: CheckVersion['run'],
): CheckVersion['run'] {
  return (pod) => (exempt(pod) ? undefined : run(pod));
}
