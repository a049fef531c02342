/** What holds for a resource quota: resources that can be counted, and scopes that fit them. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { structOf } from '@navarch/api/schema/registry';
import type {
  ResourceQuota,
  ResourceQuotaSpec,
  ScopedResourceSelectorRequirement,
} from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { immutableText } from '../../checks.ts';
import { listOf } from '../../nil.ts';
import { compareText } from '../../table/cells.ts';
import { goStruct } from '../go-value.ts';
import { checkAmount, checkResourceName } from '../resource-names.ts';

const podCount = ['pods'];
const podResources = [
  ...podCount,
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
];
const claimResources = ['requests.storage', 'persistentvolumeclaims'];

/** Every scope, with the built-in resources that it can be told of. */
const scopeResources: ReadonlyMap<string, readonly string[]> = new Map([
  ['Terminating', podResources],
  ['NotTerminating', podResources],
  ['BestEffort', podCount],
  ['NotBestEffort', podResources],
  ['PriorityClass', podResources],
  ['CrossNamespacePodAffinity', podResources],
  ['VolumeAttributesClass', claimResources],
]);

/** Scopes that are either there or not. */
const plainScopes = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
];
const plainScopesText =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

const conflicts = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

const unsupportedText = 'unsupported scope';
const unfitText = 'unsupported scope applied to resource';
const conflictText = 'conflicting scopes';

export function validateResourceQuota({ spec }: ResourceQuota): FieldError[] {
  const path = Path.of('spec');
  return [
    ...validateAmounts(spec.hard, path.child('hard')),
    ...validateScopes(spec, path.child('scopes')),
    ...validateSelector(spec, path.child('scopeSelector').child('matchExpressions')),
  ];
}

export function validateResourceQuotaUpdate(
  object: ResourceQuota,
  stored: ResourceQuota,
): FieldError[] {
  const errors = validateResourceQuota(object);
  const scopes = listOf(object.spec.scopes);
  if (!sameMembers(scopes, listOf(stored.spec.scopes))) {
    errors.push(invalid(Path.of('spec', 'scopes'), scopes, immutableText));
  }
  return errors;
}

export function validateResourceQuotaStatus({ status }: ResourceQuota): FieldError[] {
  return [
    ...validateAmounts(status?.hard, Path.of('status', 'hard')),
    ...validateAmounts(status?.used, Path.of('status', 'used')),
  ];
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  return new Set(left).symmetricDifference(new Set(right)).size === 0;
}

function validateAmounts(amounts: ResourceList | undefined, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const entries = Object.entries(amounts ?? {});
  for (const [name, amount] of entries.toSorted(([a], [b]) => compareText(a, b))) {
    const at = path.key(name);
    checkResourceName(name, at, errors);
    if (!name.includes('/') && !isQuotaResource(name)) {
      errors.push(invalid(at, name, 'must be a standard resource for quota'));
    }
    checkAmount(name, amount, at, errors);
  }
  return errors;
}

/** Every standard resource can be counted, but for plain storage. */
function isQuotaResource(name: string): boolean {
  const errors: FieldError[] = [];
  return name !== 'storage' && checkResourceName(name, Path.root, errors);
}

function validateScopes({ scopes, hard }: ResourceQuotaSpec, path: Path): FieldError[] {
  const all = listOf(scopes);
  const errors = all.flatMap((scope) => [
    ...(scopeResources.has(scope) ? [] : [invalid(path, all, unsupportedText)]),
    ...unfitResources(scope, hard).map(() => invalid(path, all, unfitText)),
  ]);
  return [...errors, ...conflictsOf(all).map(() => invalid(path, all, conflictText))];
}

/** The resources among them that the scope cannot be told of. */
function unfitResources(scope: string, hard: ResourceList | undefined): string[] {
  const fitting = scopeResources.get(scope);
  if (!fitting) return [];
  const names = Object.keys(hard ?? {}).filter((name) => !name.includes('/'));
  return names.filter((name) => isQuotaResource(name) && !fitting.includes(name));
}

function conflictsOf(scopes: readonly string[]): readonly unknown[] {
  return conflicts.filter((pair) => pair.every((scope) => scopes.includes(scope)));
}

function validateSelector(spec: ResourceQuotaSpec, path: Path): FieldError[] {
  const { scopeSelector, scopes, hard } = spec;
  const requirements = listOf(scopeSelector?.matchExpressions);
  const errors = requirements.flatMap((requirement) => [
    ...(scopeResources.has(requirement.scopeName)
      ? []
      : [invalid(path.child('scopeName'), requirement.scopeName, unsupportedText)]),
    ...unfitResources(requirement.scopeName, hard).map(() =>
      invalid(path, shownSelector(scopeSelector), unfitText),
    ),
    ...validateRequirement(requirement, path),
  ]);
  const names = requirements.map(({ scopeName }) => scopeName);
  return [...errors, ...conflictsOf(names).map(() => invalid(path, scopes ?? null, conflictText))];
}

function shownSelector(selector: ResourceQuotaSpec['scopeSelector']): object | null {
  return selector ? goStruct(structOf('core/v1.ScopeSelector'), selector) : null;
}

function validateRequirement(
  requirement: ScopedResourceSelectorRequirement,
  path: Path,
): FieldError[] {
  const { scopeName, operator } = requirement;
  const values = listOf(requirement.values);
  const errors: FieldError[] = [];
  if (plainScopes.includes(scopeName) && operator !== 'Exists') {
    errors.push(invalid(path.child('operator'), operator, plainScopesText));
  }
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        const detail =
          "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
        errors.push(required(path.child('values'), detail));
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        const detail =
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
        errors.push(invalid(path.child('values'), values, detail));
      }
      break;
    default:
      errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  return errors;
}
