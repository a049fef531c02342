/** PUT of an object, of a subresource that is the object itself, and of its scale. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Subresource } from '@navarch/api/extension/resource';
import { badRequest } from '@navarch/api/status';
import { updateObject, type Update, type UpdateRules } from '../registry/update.ts';
import type { Resource } from '../registry/resource.ts';
import { inNamespace, withoutRepeatedOwners } from '../registry/write.ts';
import type { ApiResponse } from '../request/request.ts';
import { parseWriteOptions, type WriteOptions } from '../request/write-options.ts';
import { readObject } from './body.ts';
import { clientWrite, type Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function update(call: Call): Promise<ApiResponse> {
  const { resource, request, context } = call;
  const form = outputForm(call);
  const options = parseWriteOptions('UpdateOptions', request.query);
  const warn = (message: string): void => context.warn(message);
  const object = await readObject(request, resource.form, options.fieldValidation, warn);
  call.audit?.brings(object);
  const submitted = withoutRepeatedOwners(placed(call, object), context, 'sent');
  const { createOnUpdate = false } = resource.stored.definition;
  const updated = await updateObject(resource, {
    ...updateOf(call, options),
    change: () => submitted,
    uid: object.metadata.uid || undefined,
    mayCreate: createOnUpdate && call.subresource === undefined,
  });
  return answerWith(call, updated.created ? 201 : 200, updated.object, form);
}

/** What updates and patches of this call have in common. */
export function updateOf(
  call: Call,
  options: WriteOptions,
): Omit<Update, 'change' | 'uid' | 'mayCreate'> {
  const { resource, info, context, subresource } = call;
  return {
    namespace: resource.isNamespaced ? info.namespace : '',
    name: info.name,
    subresource: info.subresource,
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, options.fieldManager, options),
    rules: rulesOf(resource, subresource),
  };
}

/** A scale changes its object as any update of it would. */
export function rulesOf(resource: Resource, subresource: Subresource | undefined): UpdateRules {
  const { definition } = resource.ruled;
  if (!subresource || subresource.type !== 'object') {
    const { validateUpdate } = resource.definition.viewOf ?? {};
    return validateUpdate ? { ...definition, validateUpdate } : definition;
  }
  const { prepareForUpdate, validateUpdate, warnings } = subresource;
  return {
    prepareForUpdate,
    ...(validateUpdate && { validateUpdate }),
    ...(warnings && { warnings }),
  };
}

/** The object in the request's namespace. Throws 400 when it names another place, or has another name. */
export function placed({ resource, info }: Call, object: KubernetesObject): KubernetesObject {
  const there = inNamespace(resource, object, resource.isNamespaced ? info.namespace : '');
  checkName(there, info.name);
  return there;
}

function checkName(object: KubernetesObject, expected: string): void {
  const { name = '' } = object.metadata;
  if (name === '') {
    const message = `the name of the object (${expected} based on URL) was undeterminable: name must be provided`;
    throw badRequest(message);
  }
  if (name === expected) return;
  const message = `the name of the object (${name}) does not match the name on the URL (${expected})`;
  throw badRequest(message);
}
