/** Node selectors and node affinity, compiled: which nodes a pod may run on. Pure. */
import type { Node } from '@navarch/api/types/core/v1/node';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '@navarch/api/types/core/v1/scheduling';

export interface NodeSelectorMatcher {
  matches(node: Node): boolean;
  /** The only names that can match, when the pod names its nodes (as DaemonSet pods do). */
  readonly names: ReadonlySet<string> | undefined;
}

/** spec.nodeSelector and the required node affinity; undefined when there is neither. */
export function requiredNodes(spec: PodSpec): NodeSelectorMatcher | undefined {
  const labels = Object.entries(spec.nodeSelector ?? {});
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (labels.length === 0 && !terms) return undefined;
  const anyTerm = terms?.map(compileTerm);
  return {
    matches: (node) =>
      labels.every(([key, value]) => node.metadata.labels?.[key] === value) &&
      (anyTerm === undefined || anyTerm.some((matches) => matches(node))),
    names: namedNodes(terms),
  };
}

export interface WeightedNodes {
  readonly weight: number;
  readonly matches: (node: Node) => boolean;
}

/** The preferred node affinity. A term without requirements adds nothing. */
export function preferredNodes({ affinity }: PodSpec): readonly WeightedNodes[] {
  const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred
    .filter(({ weight }) => weight !== 0)
    .map(({ weight, preference }) => ({ weight, matches: compileTerm(preference) }));
}

/** Terms are alternatives; the requirements of one must all hold. A term without requirements matches nothing. */
export function compileTerm(term: NodeSelectorTerm): (node: Node) => boolean {
  const expressions = (term.matchExpressions ?? []).map((requirement) => {
    const holds = compileRequirement(requirement);
    return (node: Node): boolean => holds(node.metadata.labels?.[requirement.key]);
  });
  const fields = (term.matchFields ?? []).map((requirement) => {
    const holds = compileRequirement(requirement);
    return (node: Node): boolean =>
      holds(requirement.key === 'metadata.name' ? node.metadata.name : undefined);
  });
  const all = [...expressions, ...fields];
  return all.length === 0 ? () => false : (node) => all.every((holds) => holds(node));
}

function compileRequirement({
  operator,
  values = [],
}: NodeSelectorRequirement): (value: string | undefined) => boolean {
  const set = new Set(values);
  const bound = Number.parseInt(values[0] ?? '', 10);
  switch (operator) {
    case 'In':
      return (value) => value !== undefined && set.has(value);
    case 'NotIn':
      return (value) => value === undefined || !set.has(value);
    case 'Exists':
      return (value) => value !== undefined;
    case 'DoesNotExist':
      return (value) => value === undefined;
    case 'Gt':
      return (value) => wholeNumber(value) > bound;
    case 'Lt':
      return (value) => wholeNumber(value) < bound;
  }
}

/** NaN, which no comparison holds for, when the label is no whole number. */
function wholeNumber(value: string | undefined): number {
  return value !== undefined && /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
}

/** Every alternative must name its nodes, else any node could match. */
function namedNodes(
  terms: readonly NodeSelectorTerm[] | undefined,
): ReadonlySet<string> | undefined {
  if (!terms) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    const byName = term.matchFields?.find(
      ({ key, operator }) => key === 'metadata.name' && operator === 'In',
    );
    if (!byName) return undefined;
    for (const name of byName.values ?? []) names.add(name);
  }
  return names;
}
