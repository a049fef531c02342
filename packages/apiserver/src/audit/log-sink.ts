/** Events as lines of a log: `--audit-log-format`. */
import type { UserInfo } from '@navarch/api/extension/context';
import { goQuote } from '@navarch/codec/go/text';
import { type AuditEvent, eventLine } from './event.ts';
import type { WriteEvents } from './backend/sinks.ts';
import type { AuditSink } from './request-audit.ts';

export const logFormats = ['legacy', 'json'] as const;

export type LogFormat = (typeof logFormats)[number];

/** `write` takes whole lines. */
export function createLogSink(format: LogFormat, write: (line: string) => void): AuditSink {
  const lineOf = format === 'json' ? eventLine : legacyLine;
  return {
    record(event) {
      write(lineOf(event));
      return undefined;
    },
  };
}

/** For modes that have to know what became of the lines. */
export function createLogWriter(
  format: LogFormat,
  write: (lines: readonly string[]) => Promise<boolean>,
): WriteEvents {
  const lineOf = format === 'json' ? eventLine : legacyLine;
  return (events) => write(events.map(lineOf));
}

/** One line of text, for what read logs before there were events. */
function legacyLine(event: AuditEvent): string {
  const { user, impersonatedUser: as, objectRef, responseStatus } = event;
  const members = {
    id: event.auditId,
    stage: event.stage,
    ip: event.sourceIps[0] ?? '<unknown>',
    method: event.verb,
    user: user?.username || '<none>',
    groups: user?.username && user.groups.length > 0 ? groupsOf(user) : '<none>',
    as: as ? as.username : '<self>',
    asgroups: as ? groupsOf(as) : '<lookup>',
    'user-agent': event.userAgent,
    namespace: objectRef?.namespace || '<none>',
    uri: event.requestUri,
  };
  const texts = Object.entries(members).map(([name, value]) => `${name}=${goQuote(value)}`);
  const response = responseStatus ? String(responseStatus.code ?? 0) : '<deferred>';
  return `${timeOf(event.receivedAtMs)} AUDIT: ${texts.join(' ')} response="${response}"\n`;
}

function groupsOf({ groups }: UserInfo): string {
  return groups.map(goQuote).join(',');
}

/** Without the zeros at the end of a fraction. */
function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}
