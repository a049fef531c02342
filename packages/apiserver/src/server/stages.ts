/** What each stage of the request chain does; their order is in `request/request-order.ts`. */
import type { UserInfo } from '@navarch/api/extension/context';
import { toStatusError } from '@navarch/api/status';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { type Auditor, noteImpersonation } from '../audit/auditor.ts';
import type { Authenticator } from '../authenticate/authenticator.ts';
import { attributesOf, forbiddenBy } from '../authorize/attributes.ts';
import type { Authorization } from '../authorize/union.ts';
import { answerError, Warnings } from '../endpoints/answer.ts';
import {
  type FlowControl,
  isLongRunning,
  retryAfterSeconds,
  tooManyText,
} from '../flow-control/flow-control.ts';
import { internalServerError, textResponse } from '../http/answers.ts';
import { impersonate, ImpersonationMalformed, impersonates } from '../impersonate/impersonate.ts';
import type { OpenTunnels } from '../metrics/open-tunnels.ts';
import type { RequestMetrics } from '../metrics/request-metrics.ts';
import type { Next, RequestState, Stages } from '../request/chain.ts';
import type { ApiResponse } from '../request/request.ts';
import type { RequestInfo } from '../request/route.ts';
import { requestTimeoutMs } from '../request/timeout.ts';
import type { Deadlines } from './deadlines.ts';

export interface StageParts {
  readonly clock: Clock;
  readonly authenticator: Authenticator;
  readonly authorization: Authorization;
  readonly flowControl: FlowControl;
  readonly deadlines: Deadlines;
  readonly metrics: RequestMetrics;
  readonly openTunnels: OpenTunnels;
  /** Undefined when nothing is remembered: then it costs nothing. */
  readonly auditor: Auditor | undefined;
  /** Whether the resource exists, for metrics: names that do not are not kept. */
  readonly serves: (info: RequestInfo) => boolean;
  readonly dispatch: (state: RequestState, user: UserInfo) => ApiResponse | Promise<ApiResponse>;
}

export function createStages(parts: StageParts): Stages {
  return {
    recover: (state, next) => recover(parts, state, next),
    deadline: (state, next) => deadline(parts, state, next),
    authenticate: (state, next) => authenticate(parts, state, next),
    ...(parts.auditor && { audit: parts.auditor.stage }),
    impersonate: (state, next) => actAs(parts, state, next),
    flowControl: (state, next) => takeTurn(parts, state, next),
    authorize: (state, next) => authorize(parts, state, next),
    dispatch: async (state) => parts.dispatch(state, userOf(state)),
  };
}

/** Every stage after authentication has a user; one that has none is put together wrongly. */
function userOf({ user }: RequestState): UserInfo {
  if (!user) throw new Error('the request is not authenticated');
  return user;
}

/** Turns whatever was thrown into an answer, and counts it. */
async function recover(
  { clock, metrics, openTunnels, serves }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  const { request, info } = state;
  const startedMs = clock.monotonicMs();
  let response: ApiResponse;
  try {
    response = await next(state);
  } catch (error) {
    response = await answerFailure(error, state);
  }
  const { headers } = state.answer;
  if (headers) response = { ...response, headers: { ...headers, ...response.headers } };
  metrics.observe(info, {
    code: response.status,
    seconds: (clock.monotonicMs() - startedMs) / 1000,
    served: !info.isResource || serves(info),
    dryRun: request.query.includes('dryRun='),
  });
  return response.body.kind === 'watch'
    ? countingEvents(response, info, metrics)
    : openTunnels.counted(response, info);
}

function answerFailure(
  error: unknown,
  { request }: RequestState,
): Promise<ApiResponse> | ApiResponse {
  if (!(error instanceof ImpersonationMalformed))
    return answerError(error, request, new Warnings());
  return internalServerError(request, error.message);
}

function countingEvents(
  response: ApiResponse,
  info: RequestInfo,
  metrics: RequestMetrics,
): ApiResponse {
  const { body } = response;
  if (body.kind !== 'watch') return response;
  return {
    ...response,
    body: {
      ...body,
      start: (sink) =>
        body.start({
          signal: sink.signal,
          end: () => sink.end(),
          bufferedBytes: () => sink.bufferedBytes(),
          write: (frames) => {
            metrics.countWatchEvents(info, frames.length);
            sink.write(frames);
          },
        }),
    },
  };
}

async function deadline(
  { deadlines }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  if (isLongRunning(state.info)) return next(state);
  const timeoutMs = requestTimeoutMs(state.request.query);
  return deadlines.within(timeoutMs, next(state));
}

async function authenticate(
  { authenticator, auditor }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  let user: UserInfo;
  try {
    const found = authenticator.authenticate(state.request);
    user = found instanceof Promise ? await found : found;
  } catch (error) {
    await auditor?.refused(state, toStatusError(error).status.code ?? 500);
    throw error;
  }
  return next({ ...state, user });
}

async function actAs(
  { authorization }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  const { headers, query } = state.request;
  if (!impersonates(headers)) return next(state);
  const asked = attributesOf(userOf(state), state.info, query);
  const impersonated = await impersonate(headers, asked, authorization);
  if (!impersonated) return next(state);
  noteImpersonation(state, impersonated);
  return next({ ...state, user: impersonated.user });
}

async function takeTurn(
  { flowControl }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  const { info, request, answer } = state;
  const begun = flowControl.begin({
    user: userOf(state),
    info,
    signal: () => request.signal,
    waitMaxMs: () => waitMaxMs(state),
  });
  const turn = begun instanceof Promise ? await begun : begun;
  if (!turn) {
    return textResponse(429, tooManyText, { 'retry-after': String(retryAfterSeconds) });
  }
  if (turn.headers) answer.headers = turn.headers;
  try {
    return await next(state);
  } finally {
    turn.release();
  }
}

/** As upstream: most of a request's time is for its work, and nothing begins whose client has been told that it took too long. */
function waitMaxMs({ info, request }: RequestState): number {
  if (isLongRunning(info)) return limits.requestQueueWaitMs;
  return Math.min(limits.requestQueueWaitMs, requestTimeoutMs(request.query) / 4);
}

async function authorize(
  { authorization }: StageParts,
  state: RequestState,
  next: Next,
): Promise<ApiResponse> {
  const attributes = attributesOf(userOf(state), state.info, state.request.query);
  const decided = authorization.decide(attributes);
  const { decision, reason } = decided instanceof Promise ? await decided : decided;
  const isAllowed = decision === 'allow';
  state.audit?.annotate('authorization.k8s.io/decision', isAllowed ? 'allow' : 'forbid');
  state.audit?.annotate('authorization.k8s.io/reason', reason);
  if (!isAllowed) throw forbiddenBy(attributes, reason);
  return next(state);
}
