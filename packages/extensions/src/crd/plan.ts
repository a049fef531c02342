/**
 * What the status of a definition should say: which of its names are accepted, and whether it is established. Pure.
 *
 * Names belong to whoever had them accepted first, among the definitions of a group.
 */
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
  CustomResourceDefinitionNames,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { semanticallyEqual } from '@navarch/kinds/equal';
import type { StructureProblem } from '@navarch/kinds/apiextensions/definition/structure';
import { approvalCondition } from './approval.ts';
import { conditionOf, withCondition, withoutCondition, type Condition } from './conditions.ts';

export interface StatusFacts {
  /** The definitions of the same group, itself among them. */
  readonly peers: readonly CustomResourceDefinition[];
  /** What is wrong with its schemas. */
  readonly problem: StructureProblem | undefined;
  /** The time of whatever changes. */
  readonly now: string;
}

/** The status as it is when it says all that already. */
export function planStatus(
  crd: CustomResourceDefinition,
  { peers, problem, now }: StatusFacts,
): NonNullable<CustomResourceDefinition['status']> {
  const claimed: { names?: Claimed } = {};
  // Most definitions have all the names that they want: nobody has to look at a thousand peers for them.
  const { accepted, condition } = planNames(crd, () => (claimed.names ??= claimedNames(peers)));
  const { conditions = [], storedVersions = [], ...rest } = crd.status ?? {};
  let next: readonly CustomResourceDefinitionCondition[] = conditions ?? [];
  const approval = approvalCondition(crd);
  next = withCondition(next, condition, now);
  next = withCondition(next, establishedBy(condition, conditionOf(crd, 'Established')), now);
  if (approval) next = withCondition(next, approval, now);
  next = problem
    ? withCondition(next, { type: 'NonStructuralSchema', ...problem }, now)
    : withoutCondition(next, 'NonStructuralSchema');
  const status = { ...rest, conditions: next, acceptedNames: accepted, storedVersions };
  return crd.status && semanticallyEqual(status, crd.status) ? crd.status : status;
}

/** Once established, a definition stays so: its objects are somebody's data. */
function establishedBy(names: Condition, old: Condition | undefined): Condition {
  if (old?.status === 'True') return old;
  if (names.status === 'True') {
    return {
      type: 'Established',
      status: 'True',
      reason: 'InitialNamesAccepted',
      message: 'the initial names have been accepted',
    };
  }
  return {
    type: 'Established',
    status: 'False',
    reason: 'NotAccepted',
    message: 'not all names are accepted',
  };
}

interface Claimed {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

function claimedNames(peers: readonly CustomResourceDefinition[]): Claimed {
  const resources = new Set<string>();
  const kinds = new Set<string>();
  for (const { status } of peers) {
    const {
      plural = '',
      singular = '',
      shortNames,
      kind = '',
      listKind = '',
    } = status?.acceptedNames ?? {};
    for (const name of [plural, singular, ...(shortNames ?? [])]) resources.add(name);
    for (const name of [kind, listKind]) kinds.add(name);
  }
  return { resources, kinds };
}

const noConflicts: Condition = {
  type: 'NamesAccepted',
  status: 'True',
  reason: 'NoConflicts',
  message: 'no conflicts found',
};

/** Of several conflicts the last one is told, as upstream does; names without a conflict are accepted all the same. */
function planNames(
  { spec, status }: CustomResourceDefinition,
  claimed: () => Claimed,
): { readonly accepted: CustomResourceDefinitionNames; readonly condition: Condition } {
  const wanted = spec.names;
  const before: CustomResourceDefinitionNames = status?.acceptedNames ?? { plural: '', kind: '' };
  let condition = noConflicts;
  const conflict = (reason: string, message: string): void => {
    condition = { type: 'NamesAccepted', status: 'False', reason, message };
  };
  const settle = (member: NameMember, reason: string, among: keyof Claimed): string => {
    const name = wanted[member] ?? '';
    const had = before[member] ?? '';
    if (name === had || !claimed()[among].has(name)) return name;
    conflict(reason, inUse(name));
    return had;
  };
  const plural = settle('plural', 'PluralConflict', 'resources');
  const singular = settle('singular', 'SingularConflict', 'resources');
  const shortNames = settleShortNames(wanted, before, claimed, conflict);
  const kind = settle('kind', 'KindConflict', 'kinds');
  const listKind = settle('listKind', 'ListKindConflict', 'kinds');
  const { categories } = wanted;
  const accepted = {
    plural,
    ...(singular !== '' && { singular }),
    ...(shortNames && shortNames.length > 0 && { shortNames }),
    kind,
    ...(listKind !== '' && { listKind }),
    ...(categories && categories.length > 0 && { categories }),
  };
  return { accepted, condition };
}

type NameMember = 'plural' | 'singular' | 'kind' | 'listKind';

function settleShortNames(
  wanted: CustomResourceDefinitionNames,
  before: CustomResourceDefinitionNames,
  claimed: () => Claimed,
  conflict: (reason: string, message: string) => void,
): readonly string[] | undefined {
  const had = new Set(before.shortNames);
  const refused = (wanted.shortNames ?? []).filter(
    (name) => !had.has(name) && claimed().resources.has(name),
  );
  if (refused.length === 0) return wanted.shortNames;
  const texts = [...new Set(refused.map(inUse))];
  conflict('ShortNamesConflict', texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`);
  return before.shortNames;
}

function inUse(name: string): string {
  return `${JSON.stringify(name)} is already in use`;
}
