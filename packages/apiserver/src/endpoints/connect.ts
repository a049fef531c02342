/** Subresources that lead to somewhere else: the kind says where, the connector goes there. */
import type { ConnectSubresource } from '@navarch/api/extension/resource';
import { serviceUnavailable } from '@navarch/api/status';
import { attributesOf } from '../registry/write.ts';
import { parseQuery } from '../request/query.ts';
import type { ApiResponse } from '../request/request.ts';
import { clientWrite, type Call } from './call.ts';

export async function connect(call: Call, subresource: ConnectSubresource): Promise<ApiResponse> {
  const { resource, info, request, context, surroundings } = call;
  const parent = { namespace: resource.isNamespaced ? info.namespace : '', name: info.name };
  const write = { ...parent, context, dryRun: false, client: clientWrite(call, '', {}) };
  if (resource.admission.concerns('CONNECT', info.subresource)) {
    const attributes = attributesOf(resource, write, {
      operation: 'CONNECT',
      subresource: info.subresource,
      name: info.name,
      object: undefined,
      oldObject: undefined,
    });
    await resource.admission.mutate(attributes, context);
    await resource.admission.validate(attributes, context);
  }
  const query = new URLSearchParams(parseQuery(request.query));
  const target = subresource.target(parent, info.rest ?? '', query, context);
  if (target.kind === 'nothing') return { status: 204, headers: {}, body: { kind: 'none' } };
  if (!surroundings.connector) throw serviceUnavailable('no connections to nodes or services');
  return surroundings.connector(target, request, info);
}
