/** Which of several objects that claim to be the default is it. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { compareText } from '../table/cells.ts';

/** The newest; of equally new ones the first by name. */
export function newestDefault<T extends KubernetesObject>(candidates: readonly T[]): T | undefined {
  return candidates.toSorted((a, b) => {
    const byAge = compareText(
      b.metadata.creationTimestamp ?? '',
      a.metadata.creationTimestamp ?? '',
    );
    return byAge || compareText(a.metadata.name ?? '', b.metadata.name ?? '');
  })[0];
}
