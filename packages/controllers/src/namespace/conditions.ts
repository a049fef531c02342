/** What a terminating namespace says about its end. Pure. Types, reasons and messages are upstream's. */
import type { NamespaceCondition } from '@navarch/api/types/core/v1/namespace';
import { formatTime } from '@navarch/api/time';

export interface Findings {
  /** Groups and versions whose resources are not known, and why. */
  readonly discoveryFailures: ReadonlyMap<string, string>;
  /** What could not be deleted, as sentences. */
  readonly errors: readonly string[];
  /** How many objects are left, by `plural.group`. */
  readonly remaining: ReadonlyMap<string, number>;
  /** How many of them wait, by finalizer. */
  readonly finalizers: ReadonlyMap<string, number>;
}

type Content = Pick<NamespaceCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The same array when nothing changes. Other conditions stay as they are. */
export function withFindings(
  before: readonly NamespaceCondition[],
  findings: Findings,
  nowMs: number,
): readonly NamespaceCondition[] {
  const wanted = contents(findings);
  const isSame = wanted.every((content) =>
    before.some(
      (condition) =>
        condition.type === content.type &&
        condition.status === content.status &&
        condition.reason === content.reason &&
        condition.message === content.message,
    ),
  );
  if (isSame) return before;
  const now = formatTime(nowMs);
  const known = new Map(before.map((condition) => [condition.type, condition]));
  for (const content of wanted) {
    const old = known.get(content.type);
    const lastTransitionTime = old?.status === content.status ? old.lastTransitionTime : now;
    known.set(content.type, conditionOf(content, lastTransitionTime ?? now));
  }
  return [...known.values()];
}

function conditionOf(content: Content, lastTransitionTime: string): NamespaceCondition {
  const { type, status, reason, message } = content;
  return {
    type,
    status,
    lastTransitionTime,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  };
}

function contents({ discoveryFailures, errors, remaining, finalizers }: Findings): Content[] {
  return [
    discoveryFailures.size > 0
      ? problem(
          'NamespaceDeletionDiscoveryFailure',
          'DiscoveryFailed',
          discoveryText(discoveryFailures),
        )
      : fine(
          'NamespaceDeletionDiscoveryFailure',
          'ResourcesDiscovered',
          'All resources successfully discovered',
        ),
    fine(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    errors.length > 0
      ? problem(
          'NamespaceDeletionContentFailure',
          'ContentDeletionFailed',
          `Failed to delete all resource types, ${errors.length} remaining: ${errors.toSorted(byText).join(', ')}`,
        )
      : fine(
          'NamespaceDeletionContentFailure',
          'ContentDeleted',
          'All content successfully deleted, may be waiting on finalization',
        ),
    remaining.size > 0
      ? problem(
          'NamespaceContentRemaining',
          'SomeResourcesRemain',
          `Some resources are remaining: ${counted(remaining, (name, count) => `${name} has ${count} resource instances`)}`,
        )
      : fine('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'),
    finalizers.size > 0
      ? problem(
          'NamespaceFinalizersRemaining',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${counted(finalizers, (name, count) => `${name} in ${count} resource instances`)}`,
        )
      : fine(
          'NamespaceFinalizersRemaining',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ];
}

function problem(type: string, reason: string, message: string): Content {
  return { type, status: 'True', reason, message };
}

function fine(type: string, reason: string, message: string): Content {
  return { type, status: 'False', reason, message };
}

function discoveryText(failures: ReadonlyMap<string, string>): string {
  const causes = [...failures].map(([name, why]) => `${name}: ${why}`).toSorted(byText);
  return `Discovery failed for some groups, ${failures.size} failing: unable to retrieve the complete list of server APIs: ${causes.join(', ')}`;
}

function counted(
  counts: ReadonlyMap<string, number>,
  say: (name: string, count: number) => string,
): string {
  return [...counts]
    .map(([name, count]) => say(name, count))
    .toSorted(byText)
    .join(', ');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
