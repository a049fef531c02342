/** Adoption and release: a controller owns what its selector matches, unless somebody else does. Pure. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Selector } from '@navarch/api/selectors';
import { controllerOf } from './owner.ts';

export interface Claims<T> {
  /** Ours, and the selector matches. */
  readonly owned: readonly T[];
  /** Nobody's, and the selector matches: to be adopted. */
  readonly adopt: readonly T[];
  /** Ours, but the selector matches no more: to be let go. */
  readonly release: readonly T[];
}

export function claim<T extends KubernetesObject>(
  owner: KubernetesObject,
  selector: Selector,
  candidates: readonly T[],
): Claims<T> {
  const owned: T[] = [];
  const adopt: T[] = [];
  const release: T[] = [];
  const ownerLeaves = owner.metadata.deletionTimestamp !== undefined;
  for (const candidate of candidates) {
    const controller = controllerOf(candidate);
    const matches = selector.matches(candidate.metadata.labels);
    if (controller) {
      if (controller.uid !== owner.metadata.uid) continue;
      if (matches) owned.push(candidate);
      else if (!ownerLeaves) release.push(candidate);
    } else if (matches && !ownerLeaves && candidate.metadata.deletionTimestamp === undefined) {
      adopt.push(candidate);
    }
  }
  return { owned, adopt, release };
}
