/** Keeps events small: one that is too large loses its objects, and goes altogether when that is not enough. */
import { type AuditEvent, eventLine } from '../event.ts';
import { isAtLeast } from '../policy.ts';
import type { AuditSink } from '../request-audit.ts';
import type { AuditLosses } from './losses.ts';

export interface TruncationOptions {
  /** Of one event as a line of JSON. */
  readonly eventMaxBytes: number;
  readonly losses: AuditLosses;
}

/** An event that goes is no reason to turn its request away. */
export function createTruncatingSink(
  sink: AuditSink,
  { eventMaxBytes, losses }: TruncationOptions,
): AuditSink {
  return {
    record(event) {
      if (sizeOf(event) <= eventMaxBytes) return sink.record(event);
      const small = isAtLeast(event.level, 'Request') ? withoutObjects(event) : event;
      if (small !== event && sizeOf(small) <= eventMaxBytes) return sink.record(small);
      losses.add('truncate', 'event is too large even after truncating', 1);
      return undefined;
    },
  };
}

function sizeOf(event: AuditEvent): number {
  return Buffer.byteLength(eventLine(event));
}

function withoutObjects(event: AuditEvent): AuditEvent {
  return {
    ...event,
    requestObject: undefined,
    responseObject: undefined,
    annotations: new Map([...event.annotations, ['audit.k8s.io/truncated', 'true']]),
  };
}
