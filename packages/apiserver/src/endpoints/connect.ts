/** Subresources that lead to somewhere else: the kind says where, the connector goes there. */
import type { ConnectSubresource } from '@navarch/api/extension/resource';
import { badRequest, forbidden, serviceUnavailable } from '@navarch/api/status';
import { connectOptions } from '../admission/connect-options.ts';
import { attributesOf as authorizationAttributes } from '../authorize/attributes.ts';
import { attributesOf } from '../registry/write.ts';
import { parseQuery } from '../request/query.ts';
import type { ApiResponse } from '../request/request.ts';
import { clientWrite, type Call } from './call.ts';

export async function connect(call: Call, subresource: ConnectSubresource): Promise<ApiResponse> {
  const { resource, info, request, context, surroundings } = call;
  const parent = { namespace: resource.isNamespaced ? info.namespace : '', name: info.name };
  const query = new URLSearchParams(parseQuery(request.query));
  // What only shows the object itself, as logs do, is a read: no kind of its own says how.
  const isRead = subresource.kind.kind === resource.kind.kind;
  if (!isRead && query.has('dryRun')) throw badRequest('dryRun is not supported');
  if (!isRead && resource.admission.concerns('CONNECT', info.subresource)) {
    await admit(call, subresource, query);
  }
  if (subresource.isSession) await checkMayCreate(call);
  const target = subresource.target(parent, info.rest ?? '', query, context);
  if (target.kind === 'nothing') return { status: 204, headers: {}, body: { kind: 'none' } };
  if (!surroundings.connector) throw serviceUnavailable('no connections to nodes or services');
  return surroundings.connector(target, request, info);
}

/** A WebSocket opens with a GET, SPDY with a POST: what they do is the same, and so is who may. */
async function checkMayCreate({ info, context, request }: Call): Promise<void> {
  if (info.verb === 'create') return; // That was asked when the request came.
  const asked = authorizationAttributes(context.user, { ...info, verb: 'create' }, request.query);
  const { decision, reason } = await context.services.authorize(asked);
  if (decision === 'allow') return;
  throw forbidden({ group: info.group, resource: info.resource }, info.name, reason);
}

async function admit(
  call: Call,
  subresource: ConnectSubresource,
  query: URLSearchParams,
): Promise<void> {
  const { resource, info, context } = call;
  const namespace = resource.isNamespaced ? info.namespace : '';
  const write = { namespace, context, dryRun: false, client: clientWrite(call, '', {}) };
  const asked = new URLSearchParams(query);
  if (info.rest !== undefined) asked.set('path', `/${info.rest}`);
  const attributes = {
    ...attributesOf(resource, write, {
      operation: 'CONNECT',
      subresource: info.subresource,
      name: info.name,
      object: connectOptions(subresource.kind, asked),
      oldObject: undefined,
    }),
    kind: subresource.kind,
  };
  await resource.admission.mutate(attributes, context);
  await resource.admission.validate(attributes, context);
}
