/** Rules for what containers, and pods as a whole, ask for and may have. */
import {
  duplicate,
  forbidden,
  invalid,
  notFound,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  ResourceClaim,
  ResourceList,
  ResourceRequirements,
} from '@navarch/api/types/core/v1/resources';
import { listOf } from '../../nil.ts';
import { checkText, entriesOf, type Errors } from '../checks.ts';
import {
  checkAmount,
  checkContainerResourceName,
  checkHugePages,
  checkResourceName,
  isHugePages,
  isOvercommitAllowed,
} from '../resource-names.ts';
import { aggregate, isPodLevelResource } from './pod-resources.ts';

type NameCheck = (name: string, path: Path, errors: Errors) => void;

export function checkContainerResources(
  resources: ResourceRequirements | undefined,
  claimNames: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  if (resources) checkRequirements(resources, checkContainerResourceName, claimNames, path, errors);
}

/** What running the pod itself costs, beside its containers. */
export function checkOverhead(overhead: ResourceList, path: Path, errors: Errors): void {
  checkRequirements({ limits: overhead }, checkContainerResourceName, new Set(), path, errors);
}

function checkRequirements(
  { limits = {}, requests = {}, claims }: ResourceRequirements,
  checkName: NameCheck,
  claimNames: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  for (const [name, amount] of entriesOf(limits)) {
    checkEntry(name, amount, checkName, path.child('limits').key(name), errors);
  }
  for (const [name, amount] of entriesOf(requests)) {
    const at = path.child('requests').key(name);
    checkName(name, at, errors);
    checkAmount(name, amount, at, errors);
    checkAgainstLimit(name, amount, limits[name], path, errors);
    if (isHugePages(name)) checkHugePages(name, amount, at, errors);
  }
  const names = Object.keys({ ...limits, ...requests });
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbidden(path, 'HugePages require cpu or memory'));
  }
  checkClaims(listOf(claims), claimNames, path.child('claims'), errors);
}

function checkEntry(
  name: string,
  amount: string,
  checkName: NameCheck,
  path: Path,
  errors: Errors,
): void {
  checkName(name, path, errors);
  checkAmount(name, amount, path, errors);
  if (isHugePages(name)) checkHugePages(name, amount, path, errors);
}

function checkAgainstLimit(
  name: string,
  amount: string,
  limit: string | undefined,
  path: Path,
  errors: Errors,
): void {
  const overcommit = isOvercommitAllowed(name);
  if (limit === undefined) {
    if (overcommit) return;
    errors.push(
      required(path.child('limits'), 'Limit must be set for non overcommitable resources'),
    );
    return;
  }
  if (amount === limit) return;
  const difference = Quantity.parse(amount).compare(Quantity.parse(limit));
  const at = path.child('requests');
  if (difference !== 0 && !overcommit) {
    errors.push(invalid(at, amount, `must be equal to ${name} limit of ${limit}`));
  } else if (difference > 0) {
    errors.push(invalid(at, amount, `must be less than or equal to ${name} limit of ${limit}`));
  }
}

/** Each claim of the pod is used as a whole, or request by request, and each only once. */
function checkClaims(
  claims: readonly ResourceClaim[],
  claimNames: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  const seen = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const at = path.index(index);
    if (claim.name === '') {
      errors.push(required(at));
      continue;
    }
    checkClaimUse(claim, seen, at, errors);
    if (!claimNames.has(claim.name)) {
      const known = [...claimNames].toSorted().join(', ');
      const rest = known === '' ? ' which is empty' : `: ${known}`;
      errors.push(
        notFound(at, claim.name, `must be one of the names in pod.spec.resourceClaims${rest}`),
      );
    }
  }
}

function checkClaimUse(
  { name, request = '' }: ResourceClaim,
  seen: Set<string>,
  path: Path,
  errors: Errors,
): void {
  if (seen.has(name)) {
    errors.push(duplicate(path, name));
    return;
  }
  if (request !== '') checkText(isDns1123Label, request, path.child('request'), errors);
  const key = request === '' ? name : `${name}/${request}`;
  if (seen.has(key)) errors.push(duplicate(path, key));
  else if (request === '') {
    for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(duplicate(path, name));
  }
  seen.add(key);
}

/** The pod's own requirements, and how they fit those of its containers. */
export function checkPodResources(
  spec: PodSpec,
  claimNames: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  const { resources } = spec;
  if (!resources) return;
  if (resources.claims !== undefined) {
    errors.push(
      forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level'),
    );
  }
  checkRequirements(resources, checkPodResourceName, claimNames, path, errors);
  checkSums(spec, resources, path, errors);
}

function checkPodResourceName(name: string, path: Path, errors: Errors): void {
  if (!checkResourceName(name, path, errors) || isPodLevelResource(name)) return;
  errors.push(notSupported(path, name, ['cpu', 'hugepages-', 'memory']));
}

function checkSums(
  spec: PodSpec,
  { requests, limits }: ResourceRequirements,
  path: Path,
  errors: Errors,
): void {
  const needed = [...aggregate(spec, 'requests')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, quantity] of needed) {
    if (!isPodLevelResource(name)) continue;
    const own = requests?.[name] ?? '0';
    if (quantity.compare(Quantity.parse(own)) <= 0) continue;
    const text = `must be greater than or equal to aggregate container requests of ${String(quantity)}`;
    errors.push(invalid(path.child('requests').key(name), own, text));
  }
  for (const [index, container] of listOf(spec.containers).entries()) {
    for (const [name, amount] of entriesOf(container.resources?.limits)) {
      const own = limits?.[name];
      if (own === undefined || Quantity.parse(amount).compare(Quantity.parse(own)) <= 0) continue;
      const at = path.child('containers').index(index).key(name).child('limits');
      errors.push(invalid(at, amount, `must be less than or equal to pod limits of ${own}`));
    }
  }
}
