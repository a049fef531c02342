/** How events come from requests to where they are written: at once, while the request waits; to several places. */
import type { AuditEvent } from '../event.ts';
import type { AuditSink } from '../request-audit.ts';

/** Whether the events are kept. What is lost is counted and said by whoever lost it. Never rejects. */
export type WriteEvents = (events: readonly AuditEvent[]) => Promise<boolean>;

/** `--audit-log-mode` and `--audit-webhook-mode`. */
export const auditModes = ['batch', 'blocking', 'blocking-strict'] as const;

export type AuditMode = (typeof auditModes)[number];

/** Requests wait until their events are written; `blocking-strict` turns them away when that cannot be. */
export function createBlockingSink(
  mode: Exclude<AuditMode, 'batch'>,
  write: WriteEvents,
): AuditSink {
  if (mode === 'blocking-strict') return { record: (event) => write([event]) };
  return { record: (event) => write([event]).then(() => true) };
}

/** Every event goes to each; it is kept when each keeps it. */
export function sinkForAll(sinks: readonly AuditSink[]): AuditSink {
  const [only, ...others] = sinks;
  if (only && others.length === 0) return only;
  return {
    record(event) {
      const waiting = sinks.map((sink) => sink.record(event)).filter((each) => each !== undefined);
      if (waiting.length === 0) return undefined;
      return Promise.all(waiting).then((kept) => kept.every(Boolean));
    },
  };
}
