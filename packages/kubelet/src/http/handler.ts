/**
 * What a kubelet answers on its own port, as far as simulated nodes can: logs, sessions, health, the list of pods. Requests arrive with the
 * paths that upstream's API server uses, whoever carries them.
 */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { formatMicroTime, parseTime } from '@navarch/api/time';
import type { ContainerLogs, LogEntry } from '../simulated/container-logs.ts';
import {
  openSession,
  type SessionAnswer,
  type SessionDependencies,
  type SessionRequest,
} from './sessions/open.ts';

export interface KubeletRequest {
  readonly method: string;
  /** Such as `/containerLogs/default/web/main`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
  /** What the connection is to change to, and what the caller would speak inside of it. */
  readonly upgrade?: { readonly to: string; readonly protocols: readonly string[] };
}

export interface KubeletResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | AsyncIterable<Uint8Array>;
  /** The connection leaves HTTP instead. */
  readonly session?: Exclude<SessionAnswer, { kind: 'refused' }>;
}

export type KubeletHandler = (request: KubeletRequest) => KubeletResponse;

export interface KubeletHandlerDependencies extends SessionDependencies {
  readonly logs: ContainerLogs;
}

/** How often a followed log is looked at. */
const followPollMs = 500;

export function createKubeletHandler(deps: KubeletHandlerDependencies): KubeletHandler {
  return (request) => {
    const [, verb, namespace = '', name = '', container = ''] = request.path
      .split('/')
      .map(decodeURIComponent);
    switch (verb) {
      case 'containerLogs':
        return logsOf(deps, { namespace, name, container }, request);
      case 'healthz':
        return text(200, 'ok');
      case 'pods':
        return {
          status: 200,
          contentType: 'application/json',
          body: JSON.stringify({
            kind: 'PodList',
            apiVersion: 'v1',
            metadata: {},
            items: deps.pods.list(),
          }),
        };
      case 'exec':
      case 'attach':
      case 'portForward':
        return sessionOf(deps, { action: verb, namespace, name, container }, request);
      case 'run':
        return text(501, `simulated containers run no processes: ${verb} is not possible\n`);
      default:
        return text(404, '404 page not found\n');
    }
  };
}

function text(status: number, body: string): KubeletResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

function sessionOf(
  deps: KubeletHandlerDependencies,
  target: Pick<SessionRequest, 'action' | 'namespace' | 'name' | 'container'>,
  { query, upgrade }: KubeletRequest,
): KubeletResponse {
  const asked = { upgrade: upgrade?.to, protocols: upgrade?.protocols ?? [] };
  const session = openSession(deps, { ...target, query, ...asked });
  return session.kind === 'refused'
    ? text(session.status, session.text)
    : { ...text(101, ''), session };
}

interface LogTarget {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
}

function logsOf(
  deps: KubeletHandlerDependencies,
  target: LogTarget,
  request: KubeletRequest,
): KubeletResponse {
  const pod = deps.pods.get(target.namespace, target.name);
  if (!pod) return text(404, `pod "${target.name}" not found\n`);
  const uid = pod.metadata.uid ?? '';
  const read = (): readonly LogEntry[] | undefined => {
    const log = deps.logs.read(uid, target.container);
    return request.query.get('previous') === 'true' ? log?.previous : log?.current;
  };
  const refusal = whyNoLog(pod, target, request.query.get('previous') === 'true');
  if (refusal !== undefined) return text(400, `${refusal}\n`);
  const entries = read() ?? [];
  const wanted = selectEntries(entries, request.query, deps.clock.wallMs());
  const first = format(wanted, request.query);
  if (request.query.get('follow') !== 'true') return text(200, limitBytes(first, request.query));
  return {
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    body: follow(deps, { first, uid, target, read, seen: entries.length }, request),
  };
}

/** Undefined when there is a log to show. */
function whyNoLog(
  { status }: Pod,
  { name, container }: LogTarget,
  previous: boolean,
): string | undefined {
  const named = `container "${container}" in pod "${name}"`;
  const found = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].find((it) => it.name === container);
  if (!found) return `${named} is not available`;
  if (previous)
    return found.lastState?.terminated ? undefined : `previous terminated ${named} not found`;
  const { running, terminated, waiting } = found.state ?? {};
  if (running || terminated || found.lastState?.terminated) return undefined;
  switch (waiting?.reason) {
    case undefined:
      return `${named} is waiting to start - no logs yet`;
    case 'ErrImagePull':
      return `${named} is waiting to start: image can't be pulled`;
    case 'ImagePullBackOff':
      return `${named} is waiting to start: trying and failing to pull image`;
    default:
      return `${named} is waiting to start: ${waiting?.reason}`;
  }
}

/** tailLines, sinceSeconds and sinceTime, as PodLogOptions means them. */
function selectEntries(
  entries: readonly LogEntry[],
  query: URLSearchParams,
  nowMs: number,
): readonly LogEntry[] {
  const sinceSeconds = query.get('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const sinceMs = sinceSeconds
    ? nowMs - Number(sinceSeconds) * 1000
    : sinceTime
      ? parseTime(sinceTime)
      : 0;
  const recent = entries.filter(({ atMs }) => atMs >= sinceMs);
  const tail = query.get('tailLines');
  return tail === null ? recent : recent.slice(Math.max(recent.length - Number(tail), 0));
}

function format(entries: readonly LogEntry[], query: URLSearchParams): string {
  const stamped = query.get('timestamps') === 'true';
  return entries
    .map(({ atMs, text: line }) => `${stamped ? `${stamp(atMs)} ` : ''}${line}\n`)
    .join('');
}

/** To the nanosecond, though nobody knows them. */
function stamp(atMs: number): string {
  return formatMicroTime(atMs).replace('Z', '000Z');
}

function limitBytes(body: string, query: URLSearchParams): string {
  const limit = query.get('limitBytes');
  return limit === null
    ? body
    : new TextDecoder().decode(new TextEncoder().encode(body).subarray(0, Number(limit)));
}

interface Following {
  readonly first: string;
  readonly uid: string;
  readonly target: LogTarget;
  readonly read: () => readonly LogEntry[] | undefined;
  readonly seen: number;
}

/** Goes on until the caller leaves, the pod is gone or its containers have ended. */
async function* follow(
  deps: KubeletHandlerDependencies,
  following: Following,
  request: KubeletRequest,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let { seen } = following;
  if (following.first) yield encoder.encode(following.first);
  while (!request.signal.aborted) {
    const entries = following.read() ?? [];
    if (entries.length < seen) seen = 0; // It was started anew.
    if (entries.length > seen) yield encoder.encode(format(entries.slice(seen), request.query));
    seen = entries.length;
    const pod = deps.pods.get(following.target.namespace, following.target.name);
    const ended = pod?.status?.phase === 'Succeeded' || pod?.status?.phase === 'Failed';
    if (pod?.metadata.uid !== following.uid || ended) return;
    await deps.clock.sleep(followPollMs, request.signal).catch(() => undefined);
  }
}
