/** Remembering who asked for what. Here: each request's id, and the place where a policy and its backends plug in. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { Random } from '@navarch/runtime/random';
import type { RequestInfo } from '../request/route.ts';

const auditIdHeader = 'audit-id';
const auditIdMaxChars = 64;

/** What is known about a request at one of its stages. */
export interface AuditEvent {
  readonly id: string;
  readonly stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly info: RequestInfo;
  readonly user: UserInfo | undefined;
  /** On whose behalf, when that is somebody else. */
  readonly impersonated: UserInfo | undefined;
  readonly userAgent: string;
  readonly sourceAddress: string;
  /** Of the answer; undefined before there is one. */
  readonly status: number | undefined;
  readonly atMs: number;
}

/** Takes events; must not throw, and must not keep its caller waiting. */
export interface AuditSink {
  record(event: AuditEvent): void;
}

/** A request's own id when it brought one that may be used, a new one otherwise. */
export function auditIdOf(
  headers: Readonly<Record<string, string | undefined>>,
  random: Random,
): string {
  const given = headers[auditIdHeader];
  if (given !== undefined && given !== '' && given.length <= auditIdMaxChars) return given;
  return random.uuid();
}
