/**
 * What a policy's expressions would get wrong about the kinds that it names, said ahead in its status. Whatever nobody knows the type
 * of is passed over: this changes nothing about what a policy does. KEP-3488.
 */
import type { GroupVersionKind } from '@navarch/api/extension/object';
import type { RuleWithOperations } from '@navarch/api/types/admissionregistration/v1/matching';
import type { ValidatingAdmissionPolicy } from '@navarch/api/types/admissionregistration/v1/policy';
import { type CheckExpression, createTypedCheck } from '../../../cel/typed-expressions.ts';
import type { DeclaredType } from '../../../cel/declared-type.ts';
import { listOf } from '../../../nil.ts';

/** The kinds that are served. */
export interface KnownKinds {
  /** Those that a resource of a rule means. A group of '' may be any. */
  kindsOf(group: string, version: string, resource: string): readonly GroupVersionKind[];
  /** Undefined when nobody knows what objects of it have. */
  declare(kind: GroupVersionKind): DeclaredType | undefined;
}

export interface ExpressionWarning {
  readonly fieldRef: string;
  readonly warning: string;
}

const kindsMax = 10;

export function typeCheck(
  { spec }: ValidatingAdmissionPolicy,
  known: KnownKinds,
): readonly ExpressionWarning[] {
  const params = paramsOf(spec.paramKind, known);
  const variables = listOf(spec.variables);
  const checks = kindsToCheck(listOf(spec.matchConstraints?.resourceRules), known).flatMap(
    (kind): readonly KindCheck[] => {
      const object = known.declare(kind);
      if (!object) return [];
      return [{ kind, check: createTypedCheck({ object, params, variables }) }];
    },
  );
  return listOf(spec.validations).flatMap(({ expression, messageExpression }, index) => [
    ...warningOf(`spec.validations[${index}].expression`, expression, checks),
    ...(messageExpression
      ? warningOf(`spec.validations[${index}].messageExpression`, messageExpression, checks)
      : []),
  ]);
}

interface KindCheck {
  readonly kind: GroupVersionKind;
  readonly check: CheckExpression;
}

function warningOf(
  fieldRef: string,
  expression: string,
  checks: readonly KindCheck[],
): readonly ExpressionWarning[] {
  const found = checks.flatMap(({ kind, check }) => {
    const problem = check(expression);
    return problem === undefined ? [] : [`${textOf(kind)}: ${problem}\n`];
  });
  return found.length === 0 ? [] : [{ fieldRef, warning: found.join('\n') }];
}

function textOf({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}, Kind=${kind}`;
}

function paramsOf(
  paramKind: { readonly apiVersion?: string; readonly kind?: string } | undefined,
  known: KnownKinds,
): DeclaredType | 'dyn' | undefined {
  if (!paramKind) return undefined;
  const { apiVersion = '', kind = '' } = paramKind;
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return known.declare({ group, version, kind }) ?? 'dyn';
}

/** In the order of group, version and kind. As upstream, the first rule that names many ends the search. */
function kindsToCheck(
  rules: readonly RuleWithOperations[],
  known: KnownKinds,
): readonly GroupVersionKind[] {
  const found = new Map<string, GroupVersionKind>();
  for (const rule of rules) {
    const kinds = kindsOfRule(rule, known).slice(0, kindsMax);
    for (const kind of kinds) found.set(textOf(kind), kind);
    if (kinds.length === kindsMax) break;
  }
  const key = ({ group, version, kind }: GroupVersionKind): string =>
    [group, version, kind].join('\0');
  return [...found.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rules for all groups or versions name no types; nor do wildcards and subresources among the resources. */
function kindsOfRule(rule: RuleWithOperations, known: KnownKinds): readonly GroupVersionKind[] {
  const groups = listOf(rule.apiGroups);
  const versions = listOf(rule.apiVersions);
  if ([...groups, ...versions].some((each) => each.includes('*'))) return [];
  const resources = listOf(rule.resources).filter((each) => !/[*/]/.test(each));
  return groups
    .toSorted()
    .flatMap((group) =>
      versions
        .toSorted()
        .flatMap((version) =>
          resources.toSorted().flatMap((resource) => known.kindsOf(group, version, resource)),
        ),
    );
}
