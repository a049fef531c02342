/** Puts the policy and the request chain together: which requests are remembered, and when an event is due. */
import { isStatusError } from '@navarch/api/status';
import type { Clock } from '@navarch/runtime/clock';
import type { CounterMetric, Metrics } from '@navarch/runtime/metrics';
import type { Random } from '@navarch/runtime/random';
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';
import { isLongRunning } from '../flow-control/flow-control.ts';
import { type Impersonated, ImpersonationMalformed } from '../impersonate/impersonate.ts';
import { internalServerError } from '../http/answers.ts';
import { encodedValue } from '../registry/view.ts';
import type { Next, RequestState, Stage } from '../request/chain.ts';
import type { ApiBody, ApiRequest, ApiResponse, WatchSink } from '../request/request.ts';
import { decide, type Policy } from './policy.ts';
import { type AuditSink, type Recorded, RequestAudit } from './request-audit.ts';

export interface AuditOptions {
  readonly policy: Policy;
  readonly sink: AuditSink;
}

export interface AuditorParts extends AuditOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
}

export class Auditor {
  readonly #parts: AuditorParts;
  readonly #levels: CounterMetric;
  readonly #rejected: CounterMetric;

  constructor(parts: AuditorParts) {
    const { metrics, sink } = parts;
    this.#parts = { ...parts, sink: counting(sink, metrics) };
    const help = 'Requests by the level at which they are audited.';
    this.#levels = metrics.counter('apiserver_audit_level_total', help, ['level']);
    const rejectedHelp = 'Requests that were turned away because their event could not be written.';
    this.#rejected = metrics.counter('apiserver_audit_requests_rejected_total', rejectedHelp, []);
  }

  /** The audit stage. What it remembers a request in goes on with the request. */
  readonly stage: Stage = (state, next) => {
    const audit = this.#begin(state);
    if (!audit) return next(state);
    const received = audit.received();
    const goOn = (): Promise<ApiResponse> => answered(audit, { ...state, audit }, next);
    if (!received) return goOn();
    return received.then((isKept) => (isKept ? goOn() : this.#reject(state)));
  };

  #reject({ request }: RequestState): ApiResponse {
    this.#rejected.add({});
    return internalServerError(request, 'failed to store audit event');
  }

  /** A request whose sender could not prove who they are. It comes to no stage, and has this one event. */
  refused(state: RequestState, code: number): Recorded {
    const audit = this.#begin(state);
    audit?.says({ message: attemptsOf(state.request) });
    return audit?.started(code);
  }

  #begin(state: RequestState): RequestAudit | undefined {
    const { policy, sink, clock, random } = this.#parts;
    const decision = decide(policy, state.info, state.user);
    this.#levels.add({ level: decision.level });
    if (decision.level === 'None') return undefined;
    const id = state.request.auditId ?? random.uuid();
    return new RequestAudit({ sink, decision, id, wallMs: () => clock.wallMs() }, state);
  }
}

function counting(sink: AuditSink, metrics: Metrics): AuditSink {
  const help = 'Audit events that were made and handed on.';
  const events = metrics.counter('apiserver_audit_event_total', help, []);
  return {
    record(event) {
      events.add({});
      return sink.record(event);
    },
  };
}

async function answered(
  audit: RequestAudit,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  const lasts = isLongRunning(state.info);
  let response: ApiResponse;
  try {
    response = await next(state);
  } catch (error) {
    const code = refusalBy(audit, error);
    if (lasts) await audit.started(code);
    await audit.completed(code);
    throw error;
  }
  if (lasts) await audit.started(response.status);
  // What ends later has been answered by then: nobody waits for its last event.
  const complete = once(() => void audit.completed(response.status));
  const body = followed(response.body, complete);
  if (body === response.body) await audit.completed(response.status);
  return { ...response, body };
}

/** The same body, when the answer is as good as given; otherwise one that says when it is. */
function followed(body: ApiBody, complete: () => void): ApiBody {
  switch (body.kind) {
    case 'watch':
      return { ...body, start: (sink) => body.start(endingWith(sink, complete)) };
    case 'stream':
      return { ...body, chunks: followedChunks(body.chunks, complete) };
    case 'tunnel':
      return { ...body, run: (client: Tunnel) => body.run(client).finally(complete) };
    case 'webSocket':
      return { ...body, run: (client: WebSocketPeer) => body.run(client).finally(complete) };
    default:
      return body;
  }
}

/** The code that the client is given for what was thrown. */
function refusalBy(audit: RequestAudit, error: unknown): number {
  if (isStatusError(error)) {
    audit.answers(encodedValue(error.status));
    return error.status.code ?? 500;
  }
  if (!(error instanceof ImpersonationMalformed)) audit.breaks(error);
  return 500;
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}

function endingWith(sink: WatchSink, complete: () => void): WatchSink {
  const { signal } = sink;
  if (signal.aborted) complete();
  else signal.addEventListener('abort', complete, { once: true });
  return {
    signal,
    write: (frames) => sink.write(frames),
    bufferedBytes: () => sink.bufferedBytes(),
    end: () => {
      signal.removeEventListener('abort', complete);
      sink.end();
      complete();
    },
  };
}

async function* followedChunks<T>(
  chunks: AsyncIterable<T>,
  complete: () => void,
): AsyncIterable<T> {
  try {
    yield* chunks;
  } finally {
    complete();
  }
}

/** Which proofs a request brought, none of which counted. */
function attemptsOf({ headers, query, identity }: ApiRequest): string {
  const [scheme = '', credentials] = (headers['authorization'] ?? '').trim().split(' ');
  const token = new URLSearchParams(query).get('access_token') ?? '';
  const attempts = [
    credentials && scheme.toLowerCase() === 'basic' ? 'basic' : '',
    credentials && scheme.toLowerCase() === 'bearer' ? 'bearer' : '',
    token.trim() === '' ? '' : 'access_token',
    'certificate' in identity && identity.certificate ? 'x509' : '',
  ].filter((each) => each !== '');
  if (attempts.length === 0) return 'Authentication failed, no credentials provided';
  return `Authentication failed, attempted: ${attempts.join(', ')}`;
}

/** Who acts as somebody else, for the stage that finds out. */
export function noteImpersonation({ audit }: RequestState, impersonated: Impersonated): void {
  audit?.actsAs(impersonated);
}
