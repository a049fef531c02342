/**
 * Runs a request through its stages. A stage answers by itself or asks the next one; what stages find out about a request is
 * handed on in `RequestState`.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import type { RequestAudit } from '../audit/request-audit.ts';
import type { ApiRequest, ApiResponse, RequestHandler } from './request.ts';
import { requestOrder, type StageName } from './request-order.ts';
import { parseRequestInfo, type RequestInfo } from './route.ts';

/** What is known of a request so far. Stages make new ones; nobody changes one. */
export interface RequestState {
  readonly request: ApiRequest;
  readonly info: RequestInfo;
  /** Undefined until the request is authenticated. */
  readonly user: UserInfo | undefined;
  /** Where the request is remembered, if it is. */
  readonly audit?: RequestAudit;
  /** What the answer carries whatever it says, errors included: stages that know of such headers put them there. */
  readonly answer: { headers?: Readonly<Record<string, string>> };
}

export type Next = (state: RequestState) => Promise<ApiResponse>;
export type Stage = (state: RequestState, next: Next) => Promise<ApiResponse>;

/** One per name of `requestOrder`; `dispatch` is the innermost and has no next. Stages that are left out are passed by. */
export type Stages = Partial<Record<Exclude<StageName, 'dispatch'>, Stage>> & {
  readonly dispatch: Next;
};

export function createChain(stages: Stages): RequestHandler {
  let next = stages.dispatch;
  for (const name of requestOrder.toReversed()) {
    const stage = name === 'dispatch' ? undefined : stages[name];
    if (!stage) continue;
    const inner = next;
    next = (state) => stage(state, inner);
  }
  return (request) => next({ request, info: infoOf(request), user: undefined, answer: {} });
}

function infoOf({ method, path, query }: ApiRequest): RequestInfo {
  return parseRequestInfo(method, decodePath(path), query);
}

/** A path that cannot be decoded leads nowhere, and is left as it is. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
