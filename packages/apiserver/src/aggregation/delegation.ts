/** Groups and versions that another server serves: what this server must know of them to pass requests on and to show them. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { Priority } from '../discovery/groups.ts';
import { textResponse } from '../http/answers.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';

export interface DelegatedVersion {
  readonly group: string;
  readonly version: string;
  readonly priority: Priority;
  readonly isAvailable: boolean;
  /** As its server last told; empty when it never did. */
  readonly resources: readonly APIResourceDiscovery[];
}

export interface Delegation {
  /** The same array as long as nothing changed. */
  versions(): readonly DelegatedVersion[];
  find(group: string, version: string): DelegatedVersion | undefined;
  /** Passes a request on as it is, on behalf of `user`. */
  forward(to: DelegatedVersion, request: ApiRequest, user: UserInfo): Promise<ApiResponse>;
}

/** The answer of another server to a request that is for it; undefined when it is not. */
export function delegate(
  delegation: Delegation,
  request: ApiRequest,
  user: UserInfo,
): Promise<ApiResponse> | ApiResponse | undefined {
  // Most clusters delegate nothing, and most requests are for what is served here.
  if (delegation.versions().length === 0) return undefined;
  const { path } = request;
  const isSchema = path.startsWith(schemaPrefix);
  const rest = isSchema
    ? path.slice(schemaPrefix.length)
    : path.startsWith('/apis/')
      ? path.slice(6)
      : '';
  const [group = '', version = ''] = rest.split('/');
  if (version === '') return undefined;
  const found = delegation.find(group, version);
  if (!found) return undefined;
  if (found.isAvailable) return delegation.forward(found, request, user);
  if (isSchema) return { status: 404, headers: {}, body: { kind: 'none' } };
  return textResponse(503, 'service unavailable\n', {});
}

const schemaPrefix = '/openapi/v3/apis/';
