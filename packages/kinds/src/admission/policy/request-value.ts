/** What expressions see of a request: `request`, `object`, `oldObject`, `namespaceObject`. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Bindings } from '../../cel/admission-expressions.ts';
import { dynamicValue } from '../../cel/dynamic-values.ts';
import { lazily } from '../../lazily.ts';
import { isNamespaceRequest } from '../match/rules.ts';

/** Each is made when an expression first names it. */
export function requestBindings(
  attributes: AdmissionAttributes,
  context: RequestContext,
): Bindings {
  return {
    object: () => dynamicValue(attributes.object),
    oldObject: () => dynamicValue(attributes.oldObject),
    request: lazily(() => dynamicValue(describeRequest(attributes, context))),
    namespaceObject: lazily(() => dynamicValue(namespaceOf(attributes, context))),
  };
}

/** The namespace that the request is made in; nothing for what is in none. Namespaces themselves are in none. */
function namespaceOf(
  attributes: AdmissionAttributes,
  { read }: RequestContext,
): KubernetesObject | undefined {
  if (attributes.namespace === '' || isNamespaceRequest(attributes)) return undefined;
  return read.get({ group: '', resource: 'namespaces' }, '', attributes.namespace);
}

/** AdmissionRequest of admission.k8s.io/v1, as far as expressions may look at it. */
function describeRequest(attributes: AdmissionAttributes, context: RequestContext): unknown {
  const { kind, resource, subresource, operation, name, options } = attributes;
  const namespace = attributes.namespace || (isNamespaceRequest(attributes) ? name : '');
  const { username, uid, groups, extra } = context.user;
  const gvk = { group: kind.group, version: kind.version, kind: kind.kind };
  const gvr = {
    group: resource.group,
    version: resource.version,
    resource: resource.resource,
  };
  return {
    kind: gvk,
    resource: gvr,
    requestKind: gvk,
    requestResource: gvr,
    ...(subresource !== '' && { subResource: subresource, requestSubResource: subresource }),
    ...(name !== '' && { name }),
    ...(namespace !== '' && { namespace }),
    operation,
    userInfo: { username, ...(uid !== undefined && { uid }), groups, extra: extra ?? {} },
    dryRun: context.dryRun,
    options,
  };
}
