/** Which names of resources are the system's own, and which stand for what device plugins and administrators bring. */
import { isQualifiedName } from '../names.ts';

const hugePages = 'hugepages-';

export function isHugePages(name: string): boolean {
  return name.startsWith(hugePages);
}

/** A resource of the system's own, not one that a device plugin or an administrator brings. */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

export function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith('requests.')) return false;
  return isQualifiedName(`requests.${name}`).length === 0;
}

/** The resources that can be given to a pod as a whole. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}
