/** Names and amounts of resources: which are the system's own, which must be whole, which may be promised more than once. */
import { invalid, type Path } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import {
  isExtendedResource,
  isHugePages,
  isNativeResource,
} from '@navarch/api/quota/resource-names';
import { checkText, type Errors, negativeText } from './checks.ts';

const countable = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

const countableNames: ReadonlySet<string> = new Set(countable);

const standardNames: ReadonlySet<string> = new Set([
  ...countable,
  'cpu',
  'memory',
  'ephemeral-storage',
  'storage',
  'requests.storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);

const hugePages = 'hugepages-';

export { isExtendedResource, isHugePages, isNativeResource };

/** Whether more may be promised than there is. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

function isWhole(name: string): boolean {
  return countableNames.has(name) || isExtendedResource(name);
}

/** A name that any list of resources may hold. Returns whether it is one. */
export function checkResourceName(name: string, path: Path, errors: Errors): boolean {
  const before = errors.length;
  checkText(isQualifiedName, name, path, errors);
  if (errors.length > before) return false;
  const standard =
    name.includes('/') || standardNames.has(name) || /^(requests\.)?hugepages-/.test(name);
  if (!standard)
    errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
  return standard;
}

/** A name that a container may ask for. */
export function checkContainerResourceName(name: string, path: Path, errors: Errors): void {
  checkResourceName(name, path, errors);
  if (!name.includes('/')) {
    const fine =
      name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || isHugePages(name);
    if (!fine) errors.push(invalid(path, name, 'must be a standard resource for containers'));
  } else if (!isNativeResource(name) && !isExtendedResource(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
}

/** The amount must not be negative, and whole where parts make no sense. */
export function checkAmount(name: string, amount: string, path: Path, errors: Errors): void {
  // Most amounts are plain and positive: nothing to parse.
  if (/^[0-9]+(Ki|Mi|Gi|Ti|k|M|G|T)?$/.test(amount)) return;
  const quantity = Quantity.parse(amount);
  if (quantity.sign() < 0) errors.push(invalid(path, amount, negativeText));
  if (isWhole(name) && quantity.milliValue() % 1000 !== 0) {
    errors.push(invalid(path, amount, 'must be an integer'));
  }
}

/** Huge pages come in whole pages. */
export function checkHugePages(name: string, amount: string, path: Path, errors: Errors): void {
  const pageBytes = pageSize(name);
  if (pageBytes === undefined || Quantity.parse(amount).value() % pageBytes === 0) return;
  errors.push(invalid(path, amount, `${amount} is not positive integer multiple of ${name}`));
}

function pageSize(name: string): number | undefined {
  const text = name.slice(hugePages.length);
  return /^[0-9]+(Ki|Mi|Gi|Ti|k|M|G|T)?$/.test(text)
    ? Quantity.parse(text).value() || undefined
    : undefined;
}
