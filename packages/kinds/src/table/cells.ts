/** Texts of table cells that several kinds share. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { StringMap } from '@navarch/api/types/scalars';

export const none = '<none>';
export const unset = '<unset>';
export const unknown = '<unknown>';

/** `a=1,b=2` in the order of the keys; `<none>` without any. */
export function formatLabels(labels: StringMap<string> | undefined): string {
  return pairs(labels).join(',') || none;
}

/** `key=value` texts in the order of the keys. */
export function pairs(map: StringMap<string> | undefined): string[] {
  return Object.entries(map ?? {})
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`);
}

/** Two cells: the names of containers and their images. */
export function containerCells(
  containers: readonly Container[] | undefined,
): [names: string, images: string] {
  const list = containers ?? [];
  return [
    list.map((container) => container.name).join(','),
    list.map((container) => container.image ?? '').join(','),
  ];
}

/** Where a load balancer is reached: each address or name once, in their order. */
export function ingressPoints(
  points: readonly { readonly ip?: string; readonly hostname?: string }[] | undefined,
): string {
  const texts = (points ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...new Set(texts.filter((text) => text !== ''))].toSorted(compareText).join(',');
}

/** Order by code units, as Go sorts ASCII strings; never by locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
