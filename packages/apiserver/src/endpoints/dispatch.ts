/** Finds what answers a request about a resource: the verb's endpoint, or that of a subresource; says so when nothing does. */
import type { Subresource, Verb } from '@navarch/api/extension/resource';
import { genericServerResponse, methodNotSupported, notFound } from '@navarch/api/status';
import type { ApiResponse } from '../request/request.ts';
import type { RequestInfo } from '../request/route.ts';
import type { Resource } from '../registry/resource.ts';
import { checkAcceptable } from './acceptable.ts';
import { act } from './action.ts';
import type { Call } from './call.ts';
import { connect } from './connect.ts';
import { create } from './create.ts';
import { deleteCollection } from './delete-collection.ts';
import { deleteOne } from './delete.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { patch, patchTypeOf } from './patch.ts';
import { getScale, patchScale, updateScale } from './scale.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

export function dispatch(call: Call): Promise<ApiResponse> {
  const isPatch = call.info.verb === 'patch' && call.subresource?.type !== 'connect';
  if (isPatch) patchTypeOf(call.request, call.resource.form);
  checkAcceptable(call);
  return call.subresource ? dispatchSubresource(call, call.subresource) : dispatchMain(call);
}

function dispatchMain(call: Call): Promise<ApiResponse> {
  switch (call.info.verb as Verb) {
    case 'get':
      return get(call);
    case 'list':
      return list(call);
    case 'watch':
      return watch(call);
    case 'create':
      return create(call);
    case 'update':
      return update(call);
    case 'patch':
      return patch(call);
    case 'delete':
      return deleteOne(call);
    case 'deletecollection':
      return deleteCollection(call);
    default:
      throw methodNotAllowed();
  }
}

function dispatchSubresource(call: Call, subresource: Subresource): Promise<ApiResponse> {
  const { verb } = call.info;
  switch (subresource.type) {
    case 'connect':
      return connect(call, subresource);
    case 'action':
      return act(call, subresource);
    case 'scale':
      if (verb === 'get') return getScale(call, subresource);
      return verb === 'update' ? updateScale(call, subresource) : patchScale(call, subresource);
    case 'object':
      if (verb === 'get') return get(call);
      return verb === 'update' ? update(call) : patch(call);
    default:
      return subresource satisfies never;
  }
}

/** The subresource that is asked for, if any. Throws 404 or 405 when the path or the method leads nowhere. */
export function subresourceOf(
  resource: Resource,
  info: RequestInfo,
  method: string,
): Subresource | undefined {
  const { subresource, verb } = info;
  if (subresource === '') {
    checkPlace(resource, info);
    checkVerb(resource, info);
    return undefined;
  }
  const found = resource.definition.subresources?.find(({ name }) => name === subresource);
  if (resource.form.custom) return checkCustom(resource, found, info, method);
  if (!found || resource.isNamespaced !== isInNamespace(info)) throw pathNotFound();
  if (found.type === 'connect') {
    if (found.name === 'proxy') return found; // What is behind it may be asked in any way.
    if (info.rest !== undefined) throw pathNotFound();
    checkMethod(found, verb, method);
    return found;
  }
  if (info.rest !== undefined) throw pathNotFound();
  checkMethod(found, verb, method);
  return found;
}

function checkMethod({ verbs }: Subresource, verb: string, method: string): void {
  if (method === 'HEAD' || !(verbs as readonly string[]).includes(verb)) throw methodNotAllowed();
}

/** The paths of custom kinds are nowhere written down: whatever is not there is missing from the object itself. */
function checkCustom(
  resource: Resource,
  found: Subresource | undefined,
  { name, namespace, rest, verb }: RequestInfo,
  method: string,
): Subresource {
  if (resource.isNamespaced !== (namespace !== '')) throw pathNotFound();
  if (!found || rest !== undefined) throw notFound(resource.groupResource, name);
  if (method === 'HEAD' || !(found.verbs as readonly string[]).includes(verb)) {
    throw methodNotSupported(resource.groupResource, verb);
  }
  return found;
}

/** Namespaces are in no namespace, though their paths look as if they were. */
function isInNamespace({ namespace, resource }: RequestInfo): boolean {
  return namespace !== '' && resource !== 'namespaces';
}

function checkPlace(resource: Resource, info: RequestInfo): void {
  const inNamespace = isInNamespace(info);
  if (!resource.isNamespaced) {
    if (inNamespace) throw pathNotFound();
    return;
  }
  if (inNamespace) return;
  if (info.named && info.verb !== 'watch') throw pathNotFound();
  // Across namespaces there are only lists: without them there is no such path.
  if (!resource.verbs.has('list')) throw pathNotFound();
  if (info.verb !== 'list' && info.verb !== 'watch') throw methodNotAllowed();
}

/** Without any of these, single objects have no path. */
const onOne: readonly Verb[] = ['get', 'update', 'patch', 'delete', 'watch'];

function checkVerb({ verbs }: Resource, info: RequestInfo): void {
  const { verb } = info;
  if (info.named && !onOne.some((one) => verbs.has(one))) throw pathNotFound();
  // A watch is a list at first: its own endpoint says so when there is none.
  if (verb === 'watch' && verbs.has('list')) return;
  const takesName = verb === 'get' || verb === 'update' || verb === 'patch' || verb === 'delete';
  const fits = takesName === info.named || verb === 'watch';
  if (!fits || !(verbs as ReadonlySet<string>).has(verb)) throw methodNotAllowed();
}

export function pathNotFound(): Error {
  return genericServerResponse({ code: 404 });
}

export function methodNotAllowed(): Error {
  return genericServerResponse({ code: 405 });
}
