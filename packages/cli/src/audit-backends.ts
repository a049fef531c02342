/** From the audit flags of one place to how events come to it: all at once or in batches, truncated or not. */
import { limits } from '@navarch/runtime/limits';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import type { BatchOptions } from '@navarch/apiserver/audit/backend/batching';
import type { AuditLosses } from '@navarch/apiserver/audit/backend/losses';
import type { AuditMode, WriteEvents } from '@navarch/apiserver/audit/backend/sinks';
import type { AuditSink } from '@navarch/apiserver/audit/request-audit';
import type { AuditPlace } from './audit-flags.ts';
import { UsageError } from './failure.ts';
import { boolean, duration, type FlagValues, oneOf, rate, wholeNumber } from './flags.ts';

/** What the flags say of one place. */
export interface PlaceSettings {
  readonly mode: AuditMode;
  readonly batch: BatchOptions;
  /** Undefined: events stay as they are. */
  readonly eventMaxBytes: number | undefined;
}

const countMax = 2 ** 31 - 1;

/** Everything that is said is checked, in mode batch and when truncating; the rest counts for nothing, as upstream. */
export function placeSettings(values: FlagValues, place: AuditPlace): PlaceSettings {
  const of = (name: string): string => `audit-${place}-${name}`;
  const positive = (name: string): number =>
    wholeNumber(values, of(name), { min: 1, max: countMax });
  const mode = oneOf(values, of('mode'), ['batch', 'blocking', 'blocking-strict']);
  oneOf(values, of('version'), ['audit.k8s.io/v1']);
  const eventMaxBytes = positive('truncate-max-event-size');
  const batchMaxBytes = positive('truncate-max-batch-size');
  if (batchMaxBytes < eventMaxBytes) {
    const [batch, event] = [of('truncate-max-batch-size'), of('truncate-max-event-size')];
    throw new UsageError(`--${batch} must not be less than --${event} (${eventMaxBytes})`);
  }
  const isTruncating = boolean(values, of('truncate-enabled'));
  const isThrottled = boolean(values, of('batch-throttle-enable'));
  const throttle = (): BatchOptions['throttle'] => ({
    perSecond: rate(values, of('batch-throttle-qps')),
    burst: positive('batch-throttle-burst'),
  });
  return {
    mode,
    eventMaxBytes: isTruncating ? eventMaxBytes : undefined,
    batch: {
      bufferEventsMax: mode === 'batch' ? positive('batch-buffer-size') : 0,
      batchEventsMax: mode === 'batch' ? positive('batch-max-size') : 0,
      waitMaxMs: duration(values, of('batch-max-wait')),
      throttle: mode === 'batch' && isThrottled ? throttle() : undefined,
      // A log is in order; a webhook that is slow must not hold up what comes after.
      parallelMax: place === 'log' ? 1 : limits.auditBatchesParallelMax,
    },
  };
}

export interface BackendParts {
  readonly clock: Runtime['clock'];
  readonly losses: AuditLosses;
  readonly lifetime: Lifetime;
  /** Called when the time to write what is left is over. */
  readonly giveUp: () => void;
}

/** What waits is written when the lifetime ends. */
export async function sinkOf(
  { mode, batch }: PlaceSettings,
  write: WriteEvents,
  { clock, losses, lifetime, giveUp }: BackendParts,
): Promise<AuditSink> {
  if (mode !== 'batch') {
    const { createBlockingSink } = await import('@navarch/apiserver/audit/backend/sinks');
    return createBlockingSink(mode, write);
  }
  const { BatchingSink } = await import('@navarch/apiserver/audit/backend/batching');
  const sink = new BatchingSink({ ...batch, write, clock, losses });
  lifetime.onStop(() => sink.stop(giveUp));
  return sink;
}

export async function truncated(
  sink: AuditSink,
  { eventMaxBytes }: PlaceSettings,
  losses: AuditLosses,
): Promise<AuditSink> {
  if (eventMaxBytes === undefined) return sink;
  const { createTruncatingSink } = await import('@navarch/apiserver/audit/backend/truncating');
  return createTruncatingSink(sink, { eventMaxBytes, losses });
}
