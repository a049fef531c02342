/** One request to one resource, with all that the endpoints need to answer it. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ConnectTarget, Subresource } from '@navarch/api/extension/resource';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Store } from '@navarch/store/store';
import { utf8Length } from '@navarch/codec/utf8';
import type { RequestAudit } from '../audit/request-audit.ts';
import { versionsOf } from '../admission/versions.ts';
import type { ClientWrite } from '../registry/write.ts';
import type { Resource } from '../registry/resource.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import type { RequestInfo } from '../request/route.ts';
import { isPrintable } from '../request/write-options.ts';
import type { Warnings } from './answer.ts';

export interface Call {
  readonly resource: Resource;
  readonly subresource: Subresource | undefined;
  readonly info: RequestInfo;
  readonly request: ApiRequest;
  readonly context: RequestContext;
  readonly warnings: Warnings;
  /** Where the request is remembered, if it is. */
  readonly audit: RequestAudit | undefined;
  readonly surroundings: Surroundings;
}

export interface Surroundings {
  readonly store: Store;
  readonly runtime: Runtime;
  /** Carries out what connect subresources point at: a node's streams, a proxied service. */
  readonly connector: Connector | undefined;
}

export type Connector = (
  target: ConnectTarget,
  request: ApiRequest,
  info: RequestInfo,
) => Promise<ApiResponse>;

/** The write as its client asked for it. */
export function clientWrite(call: Call, fieldManager: string, options: object): ClientWrite {
  return {
    manager: fieldManager || managerOf(call.context.userAgent),
    options: { ...options },
    versions: versionsOf(call.resource, call.subresource, call.context.services),
  };
}

const managerBytesMax = 128;

/** What stands before the version in a user agent: `kubectl` of `kubectl/v1.36 (linux/amd64)`. What cannot be printed is left out. */
function managerOf(userAgent: string): string {
  const name = userAgent.split('/')[0] ?? '';
  if (/^[ -~]*$/.test(name)) return name.slice(0, managerBytesMax);
  let manager = '';
  let bytes = 0;
  for (const char of name) {
    if (!isPrintable(char)) continue;
    bytes += utf8Length(char);
    if (bytes > managerBytesMax) break;
    manager += char;
  }
  return manager;
}
