/** Groups and versions that another server serves: what this server must know of them to pass requests on and to show them. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { Priority } from '../discovery/groups.ts';
import { textResponse } from '../http/answers.ts';
import type { Json } from '../openapi/merge.ts';
import { isLongRunning } from '../flow-control/flow-control.ts';
import type { RequestState } from '../request/chain.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';

export interface DelegatedVersion {
  readonly group: string;
  readonly version: string;
  readonly priority: Priority;
  readonly isAvailable: boolean;
  /** As its server last told; empty when it never did. */
  readonly resources: readonly APIResourceDiscovery[];
}

/** What other servers say of themselves in OpenAPI, as they last did. */
export interface DelegatedSchemas {
  /** Documents of version 2, each with the paths of one API service only; the best first. `tag` differs when the document does. */
  readonly v2: readonly { readonly tag: string; read(): Json }[];
  /** Documents of version 3 that no other server serves, by path (`apis/metrics.k8s.io/v1`). */
  readonly v3: ReadonlyMap<string, DelegatedSchema>;
}

export type DelegatedSchema =
  | { readonly kind: 'elsewhere'; readonly url: string; readonly from: DelegatedVersion }
  /** Its server has none: made of what it has of version 2. */
  | { readonly kind: 'converted'; readonly tag: string; read(): Json };

export interface Delegation {
  /** The same array as long as nothing changed. */
  versions(): readonly DelegatedVersion[];
  find(group: string, version: string): DelegatedVersion | undefined;
  /** The same object as long as nothing changed. */
  schemas(): DelegatedSchemas;
  /** Passes a request on as it is. */
  forward(to: DelegatedVersion, request: ApiRequest, as: ForUser): Promise<ApiResponse>;
}

/** On whose behalf, and whether the answer may take as long as it likes. */
export interface ForUser {
  readonly user: UserInfo;
  readonly isLongRunning: boolean;
}

/** The answer of another server to a request that is for it; undefined when it is not. */
export function delegate(
  delegation: Delegation,
  { request, info }: Pick<RequestState, 'request' | 'info'>,
  user: UserInfo,
): Promise<ApiResponse> | ApiResponse | undefined {
  // Most clusters delegate nothing, and most requests are for what is served here.
  if (delegation.versions().length === 0) return undefined;
  const { path } = request;
  const to = path.startsWith(schemaPrefix)
    ? ofSchema(delegation, path.slice(schemaPrefix.length))
    : ofResource(delegation, path);
  if (!to) return undefined;
  if (to.isAvailable) {
    return delegation.forward(to, request, { user, isLongRunning: isLongRunning(info) });
  }
  return textResponse(503, 'service unavailable\n', {});
}

const schemaPrefix = '/openapi/v3/';
const groupPrefix = '/apis/';

function ofSchema(delegation: Delegation, name: string): DelegatedVersion | undefined {
  const schema = delegation.schemas().v3.get(name);
  return schema?.kind === 'elsewhere' ? schema.from : undefined;
}

function ofResource(delegation: Delegation, path: string): DelegatedVersion | undefined {
  if (!path.startsWith(groupPrefix)) return undefined;
  const [group = '', version = ''] = path.slice(groupPrefix.length).split('/');
  return version === '' ? undefined : delegation.find(group, version);
}
