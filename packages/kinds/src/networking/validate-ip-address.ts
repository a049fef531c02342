/** What holds for an IP address object: its name is the address, and it always belongs to something. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain, isPathSegmentName } from '@navarch/api/names';
import type { IPAddress } from '@navarch/api/types/networking/v1';
import { canonicalIp, parseIp } from '../core/ip.ts';
import { semanticallyEqual } from '../equal.ts';

export function validateIpAddressName(name: string): readonly string[] {
  const ip = parseIp(name);
  if (!ip) return ['must be a valid IP address'];
  return canonicalIp(ip) === name ? [] : ['must be a canonical format IP address'];
}

export function validateIpAddress({ spec }: IPAddress): FieldError[] {
  const path = Path.of('spec', 'parentRef');
  const { parentRef } = spec;
  if (!parentRef) return [required(path)];
  const { group, resource, name, namespace } = parentRef;
  const errors: FieldError[] = [];
  if (group) {
    for (const detail of isDns1123Subdomain(group)) {
      errors.push(invalid(path.child('group'), group, detail));
    }
  }
  if (!resource) errors.push(required(path.child('resource')));
  else errors.push(...segment(resource, path.child('resource')));
  if (!name) errors.push(required(path.child('name')));
  else errors.push(...segment(name, path.child('name')));
  if (namespace) errors.push(...segment(namespace, path.child('namespace')));
  return errors;
}

function segment(value: string, path: Path): FieldError[] {
  return isPathSegmentName(value).map((detail) => invalid(path, value, detail));
}

export function validateIpAddressUpdate(object: IPAddress, stored: IPAddress): FieldError[] {
  const { parentRef } = object.spec;
  if (semanticallyEqual(parentRef, stored.spec.parentRef)) return [];
  return [invalid(Path.of('spec', 'parentRef'), parentRef, 'field is immutable')];
}
