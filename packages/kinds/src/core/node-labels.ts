/** Labels of nodes that have been replaced: who selects by one is told which is used now. */
import type { Path } from '@navarch/api/field-error';
import type { NodeSelectorTerm } from '@navarch/api/types/core/v1/scheduling';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { listOf } from '../nil.ts';

/** What is said of each. */
export const oldNodeLabels: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    'failure-domain.beta.kubernetes.io/region',
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    'failure-domain.beta.kubernetes.io/zone',
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    'beta.kubernetes.io/instance-type',
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
]);

interface Keyed {
  readonly key: string;
}

/** What is said of the conditions of a selector. */
export function termWarnings({ matchExpressions }: NodeSelectorTerm, path: Path): string[] {
  return expressionWarnings(matchExpressions, path);
}

function expressionWarnings(expressions: readonly Keyed[] | undefined, path: Path): string[] {
  return listOf(expressions).flatMap(({ key }, index) => {
    const text = oldNodeLabels.get(key);
    const at = path.child('matchExpressions').index(index).child('key');
    return text === undefined ? [] : [`${String(at)}: ${key} is ${text}`];
  });
}

/** What is said of a selector of nodes that has the form of a label selector. */
export function nodeTopologyWarnings(selector: LabelSelector | undefined, path: Path): string[] {
  return [
    ...expressionWarnings(selector?.matchExpressions, path),
    ...keysAmong(selector?.matchLabels).map(
      ([key, text]) => `${String(path.child('matchLabels').child(key))}: ${text}`,
    ),
  ];
}

/** The replaced labels among the keys of a map, with what is said of each. */
export function keysAmong(map: object | undefined): (readonly [key: string, text: string])[] {
  return Object.keys(map ?? {}).flatMap((key) => {
    const text = oldNodeLabels.get(key);
    return text === undefined ? [] : [[key, text] as const];
  });
}
