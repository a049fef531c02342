/** Files of one volume that get in each other's way: two with one path, or one where another needs a directory. */
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { Volume, VolumeProjection } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';

interface File {
  readonly path: string;
  /** What projects it, where several sources share the volume. */
  readonly source: string;
}

export function overlapWarnings({ volumes }: PodSpec): readonly string[] {
  return listOf(volumes).flatMap((volume) => [
    ...plainWarnings(volume),
    ...(volume.projected ? projectedWarnings(volume.name, listOf(volume.projected.sources)) : []),
  ]);
}

function plainWarnings({ name, configMap, secret, downwardAPI }: Volume): readonly string[] {
  const named = (kind: string, value: string | undefined): string => `${kind} ${quoted(value)}`;
  return [
    ...about(name, named('ConfigMap', configMap?.name), overlaps(filesOf(configMap?.items, ''))),
    ...about(name, named('Secret', secret?.secretName), overlaps(filesOf(secret?.items, ''))),
    ...about(name, 'DownwardAPI', overlaps(filesOf(downwardAPI?.items, ''))),
  ];
}

function projectedWarnings(name: string, sources: readonly VolumeProjection[]): readonly string[] {
  const warnings: string[] = [];
  const taken: File[] = [];
  for (const source of sources) {
    const members = Object.values(source).filter((member) => member !== undefined);
    if (members.length === 0) {
      warnings.push(`volume ${quoted(name)} (Projected) has no sources provided`);
    } else warnings.push(...about(name, 'Projected', overlaps(projectedFiles(source), taken)));
  }
  return warnings;
}

function projectedFiles(source: VolumeProjection): readonly File[] {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (configMap?.items) return filesOf(configMap.items, `ConfigMap ${quoted(configMap.name)}`);
  if (secret?.items) return filesOf(secret.items, `Secret ${quoted(secret.name)}`);
  if (downwardAPI?.items) return filesOf(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken) return filesOf([serviceAccountToken], 'ServiceAccountToken');
  return [];
}

function filesOf(
  items: readonly { readonly path: string }[] | null | undefined,
  source: string,
): readonly File[] {
  return listOf(items).map(({ path }) => ({ path: path.replace(/\/+$/, ''), source }));
}

function about(volume: string, what: string, found: readonly string[]): readonly string[] {
  return found.map((text) => `volume ${quoted(volume)} (${what}): overlapping paths: ${text}`);
}

/** Each file against all before it. Adds the files to those that are taken. */
function overlaps(files: readonly File[], taken: File[] = []): readonly string[] {
  return files.flatMap((file) => {
    const found = taken.filter((other) => clash(file, other));
    taken.push(file);
    return found.map((other) => `${shown(file)} with ${shown(other)}`);
  });
}

function clash({ path: a }: File, { path: b }: File): boolean {
  return a !== '' && b !== '' && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));
}

function shown({ path, source }: File): string {
  return source === '' ? quoted(path) : `${quoted(path)} (${source})`;
}

function quoted(text: string | undefined): string {
  return JSON.stringify(text ?? '');
}
