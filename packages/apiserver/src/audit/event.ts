/** Events of audit.k8s.io/v1 as JSON, byte for byte as Go writes them: a line of an audit log, or what a webhook is sent. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { Status } from '@navarch/api/status';
import { formatMicroTime } from '@navarch/api/time';
import type { Level, Stage } from './policy.ts';

/** In the order in which its members are written. */
export interface ObjectReference {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly resourceVersion: string;
  readonly subresource: string;
}

/** Objects are texts of JSON already: they are large, and often there is one. */
export interface AuditEvent {
  readonly level: Level;
  readonly auditId: string;
  readonly stage: Stage;
  /** Path and query, as sent. */
  readonly requestUri: string;
  readonly verb: string;
  /** Undefined when nobody knows who asked. */
  readonly user: UserInfo | undefined;
  readonly impersonatedUser: UserInfo | undefined;
  /** The verb that allowed it, where that was not the one for everything. */
  readonly impersonationConstraint?: string | undefined;
  readonly sourceIps: readonly string[];
  readonly userAgent: string;
  /** Undefined for paths that are no resources. */
  readonly objectRef: ObjectReference | undefined;
  readonly responseStatus: Partial<Status> | undefined;
  readonly requestObject: string | undefined;
  readonly responseObject: string | undefined;
  readonly receivedAtMs: number;
  readonly stageAtMs: number;
  readonly annotations: ReadonlyMap<string, string>;
}

/** With its newline. */
export function eventLine(event: AuditEvent): string {
  return `{"kind":"Event",${groupVersion},${membersOf(event)}}\n`;
}

/** With its newline. Events in a list do not say what they are. */
export function eventListText(events: readonly AuditEvent[]): string {
  const items = events.map((event) => `{${membersOf(event)}}`).join(',');
  return `{"kind":"EventList",${groupVersion},"metadata":{},"items":[${items}]}\n`;
}

const groupVersion = '"apiVersion":"audit.k8s.io/v1"';

function membersOf(event: AuditEvent): string {
  const { user, impersonatedUser, impersonationConstraint, responseStatus, annotations } = event;
  const members: readonly (string | undefined)[] = [
    member('level', event.level),
    member('auditID', event.auditId),
    member('stage', event.stage),
    member('requestURI', event.requestUri),
    member('verb', event.verb),
    `"user":${userText(user)}`,
    impersonatedUser && `"impersonatedUser":${userText(impersonatedUser)}`,
    impersonationConstraint && member('authenticationMetadata', { impersonationConstraint }),
    event.sourceIps.length > 0 ? member('sourceIPs', event.sourceIps) : undefined,
    given('userAgent', event.userAgent),
    event.objectRef && member('objectRef', withoutEmpty(event.objectRef)),
    responseStatus && member('responseStatus', statusMembers(responseStatus)),
    event.requestObject && `"requestObject":${event.requestObject}`,
    event.responseObject && `"responseObject":${event.responseObject}`,
    member('requestReceivedTimestamp', formatMicroTime(event.receivedAtMs)),
    member('stageTimestamp', formatMicroTime(event.stageAtMs)),
    annotations.size > 0 ? `"annotations":${mapText([...annotations])}` : undefined,
  ];
  return escaped(members.filter((each) => each !== undefined && each !== '').join(','));
}

function member(name: string, value: unknown): string {
  return `"${name}":${JSON.stringify(value)}`;
}

function given(name: string, value: string): string {
  return value === '' ? '' : member(name, value);
}

function userText(user: UserInfo | undefined): string {
  if (!user) return '{}';
  const { username, uid = '', groups, extra = {} } = user;
  const entries = Object.entries(extra);
  const members = [
    given('username', username),
    given('uid', uid),
    groups.length > 0 ? member('groups', groups) : '',
    entries.length > 0 ? `"extra":${mapText(entries)}` : '',
  ];
  return `{${members.filter((each) => each !== '').join(',')}}`;
}

/** Maps are written in the order of their keys. */
function mapText(entries: readonly (readonly [string, unknown])[]): string {
  const sorted = entries.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const texts = sorted.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${texts.join(',')}}`;
}

function withoutEmpty(reference: ObjectReference): Partial<ObjectReference> {
  return Object.fromEntries(Object.entries(reference).filter(([, value]) => value !== ''));
}

/** Only what a Status says; its kind and its metadata are nobody's business. */
function statusMembers({ status, message, reason, details, code }: Partial<Status>): object {
  return {
    metadata: {},
    ...(status && { status }),
    ...(message && { message }),
    ...(reason && { reason }),
    ...(details && { details }),
    ...(code && { code }),
  };
}

const escapes: Readonly<Record<string, string>> = {
  '<': String.raw`\u003c`,
  '>': String.raw`\u003e`,
  '&': String.raw`\u0026`,
  '\u2028': String.raw`\u2028`,
  '\u2029': String.raw`\u2029`,
};

/** Go writes JSON that may stand in a page. These characters are nowhere but in texts. */
function escaped(json: string): string {
  return json.replaceAll(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}
