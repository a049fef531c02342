/**
 * What a delete does to an object, as a pure decision: remove it now, mark it and wait, or nothing because it is on its way.
 */
import type { Int64 } from '@navarch/api/types/scalars';
import { afterSeconds, nextInteger } from '@navarch/api/int64';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { formatTime, parseTime } from '@navarch/api/time';
import type { DeleteOptions } from '../request/delete-options.ts';
import { finalizersForDelete } from './finalizers.ts';
import { withMetadata } from './write.ts';

export type Deletion =
  | { readonly kind: 'remove' }
  /** Write this; when `thenRemove`, nothing holds it and it goes at once. */
  | { readonly kind: 'mark'; readonly object: KubernetesObject; readonly thenRemove: boolean }
  /** It is being deleted already, and this request changes nothing about that. */
  | { readonly kind: 'pending' };

export function planDeletion(
  object: KubernetesObject,
  options: DeleteOptions,
  definition: ResourceDefinition,
  nowMs: number,
): Deletion {
  if (definition.beginDeletion) return planHeldDeletion(object, options, definition, nowMs);
  const grace = planGrace(object, options, definition, nowMs);
  if (grace === 'pending') return { kind: 'pending' };
  const { finalizers = [] } = object.metadata;
  const wanted = finalizersForDelete(finalizers, options, definition);
  const isHeld = wanted.length > 0;
  if (!grace && !isHeld) return { kind: 'remove' };
  let marked = grace?.object ?? object;
  if (wanted !== finalizers) {
    const { finalizers: _, ...metadata } = marked.metadata;
    const some = wanted.length === 0 ? metadata : { ...metadata, finalizers: wanted };
    marked = withMetadata(marked, some);
  }
  if (!grace) marked = markNow(marked, nowMs);
  return { kind: 'mark', object: marked, thenRemove: !isHeld && (grace?.seconds ?? 0) === 0 };
}

/** Namespaces and their like: the first delete only marks; the last of their own finalizers removes. */
function planHeldDeletion(
  object: KubernetesObject,
  options: DeleteOptions,
  definition: ResourceDefinition,
  nowMs: number,
): Deletion {
  if (object.metadata.deletionTimestamp === undefined) {
    const { finalizers = [] } = object.metadata;
    const wanted = finalizersForDelete(finalizers, options, definition);
    const { finalizers: _, ...rest } = object.metadata;
    const metadata = { ...rest, deletionTimestamp: formatTime(nowMs) };
    const kept = wanted.length === 0 ? metadata : { ...metadata, finalizers: wanted };
    const marked = withMetadata(object, kept);
    return {
      kind: 'mark',
      object: definition.beginDeletion?.(marked) ?? marked,
      thenRemove: false,
    };
  }
  const isHeld =
    (object.metadata.finalizers ?? []).length > 0 || definition.holdsDeletion?.(object);
  return isHeld ? { kind: 'pending' } : { kind: 'remove' };
}

interface Grace {
  readonly object: KubernetesObject;
  readonly seconds: Int64;
}

/** Undefined when the object goes without grace. */
function planGrace(
  object: KubernetesObject,
  options: DeleteOptions,
  definition: ResourceDefinition,
  nowMs: number,
): Grace | 'pending' | undefined {
  const { gracefulDeletion } = definition;
  if (!gracefulDeletion) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  if (deletionTimestamp !== undefined) {
    if (deletionGracePeriodSeconds === undefined) return undefined;
    return shorten(object, deletionGracePeriodSeconds, options.gracePeriodSeconds, nowMs);
  }
  const seconds = gracefulDeletion.graceSeconds(object, options.gracePeriodSeconds);
  const at = formatTime(afterSeconds(nowMs, seconds));
  return { object: withMetadata(object, deleting(object, at, seconds)), seconds };
}

/** A running grace period only gets shorter. One that is over means that a removal went wrong and is done again. */
function shorten(
  object: KubernetesObject,
  running: Int64,
  asked: Int64 | undefined,
  nowMs: number,
): Grace | 'pending' | undefined {
  if (running === 0) return undefined;
  if (asked === undefined || asked >= running) return 'pending';
  const { deletionTimestamp = '' } = object.metadata;
  const atMs = afterSeconds(parseTime(deletionTimestamp), BigInt(asked) - BigInt(running));
  const isPast = atMs < nowMs;
  // Whoever asked for some time waits for the one who ends the object, though that time is over already.
  const seconds = isPast && BigInt(asked) !== 0n ? 1 : asked;
  const metadata = {
    ...object.metadata,
    deletionTimestamp: formatTime(isPast ? nowMs : atMs),
    deletionGracePeriodSeconds: seconds,
  };
  return { object: withMetadata(object, metadata), seconds };
}

/** For objects without grace that finalizers hold. */
function markNow(object: KubernetesObject, nowMs: number): KubernetesObject {
  const { deletionTimestamp } = object.metadata;
  const isEarlier = deletionTimestamp !== undefined && parseTime(deletionTimestamp) <= nowMs;
  const at = isEarlier ? deletionTimestamp : formatTime(nowMs);
  return withMetadata(object, deleting(object, at, 0));
}

/** The beginning of a deletion counts as a new generation, where the kind has generations. */
function deleting(
  object: KubernetesObject,
  deletionTimestamp: string,
  deletionGracePeriodSeconds: Int64,
): KubernetesObject['metadata'] {
  const { metadata } = object;
  const isFirst = metadata.deletionTimestamp === undefined;
  const { generation = 0 } = metadata;
  return {
    ...metadata,
    ...(isFirst && generation > 0 ? { generation: nextInteger(generation) } : undefined),
    deletionTimestamp,
    deletionGracePeriodSeconds,
  };
}
