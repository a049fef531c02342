/** POST to a collection. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { failure, methodNotSupported, type GroupResource } from '@navarch/api/status';
import { createObject } from '../registry/create.ts';
import { trackCreate } from '../registry/field-managers.ts';
import { encodedValue } from '../registry/view.ts';
import { attributesOf, inNamespace, withoutRepeatedOwners, type Write } from '../registry/write.ts';
import type { ApiResponse } from '../request/request.ts';
import { parseWriteOptions } from '../request/write-options.ts';
import { bodyEncoding, readObject } from './body.ts';
import { clientWrite, type Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function create(call: Call): Promise<ApiResponse> {
  const { resource, info, request, context } = call;
  const { refusesCreate } = resource.definition;
  if (refusesCreate !== undefined) throw refused(resource.groupResource, refusesCreate);
  const form = outputForm(call);
  bodyEncoding(request); // Whether it can be read at all is said before what is wrong with the query.
  const options = parseWriteOptions('CreateOptions', request.query);
  const warn = (message: string): void => context.warn(message);
  const object = await readObject(request, resource.form, options.fieldValidation, warn);
  call.audit?.brings(object);
  const write: Write = {
    namespace: resource.isNamespaced ? info.namespace : '',
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, options.fieldManager, options),
  };
  const placed = inNamespace(resource, asNew(object), write.namespace);
  if (resource.definition.answerCreate) {
    const answer = await answerComputed(call, placed, write);
    return answerWith(call, 201, encodedValue(answer), form);
  }
  const submitted = withoutRepeatedOwners(placed, context, 'sent');
  const created = await createObject(resource, submitted, write);
  return answerWith(call, 201, created, form);
}

/** What only the server says of an object is forgotten, before anybody could come to own it. */
function asNew(object: KubernetesObject): KubernetesObject {
  const {
    uid: _uid,
    creationTimestamp: _creation,
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    selfLink: _link,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

function refused(of: GroupResource, message: string): Error {
  const { status } = methodNotSupported(of, 'create');
  return failure(405, 'MethodNotAllowed', message, status.details);
}

/** Reviews and their like are answered, not stored; admission sees them all the same. */
async function answerComputed(
  call: Call,
  submitted: KubernetesObject,
  write: Write,
): Promise<KubernetesObject> {
  const { resource, context } = call;
  let object = write.client
    ? trackCreate(resource, submitted, write.client.manager, context.nowMs)
    : submitted;
  if (resource.admission.concerns('CREATE', '')) {
    const { name = '' } = object.metadata;
    const step = { operation: 'CREATE', subresource: '', name, oldObject: undefined } as const;
    const attributes = attributesOf(resource, write, { ...step, object });
    object = (await resource.admission.mutate(attributes, context)) ?? object;
    await resource.admission.validate({ ...attributes, object }, context);
  }
  return (await resource.definition.answerCreate?.(object, context)) ?? object;
}
