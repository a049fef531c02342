/** Something done to an object by posting another to it: a binding, an eviction, a token. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ActionSubresource } from '@navarch/api/extension/resource';
import { structOf } from '@navarch/api/schema/registry';
import { badRequest } from '@navarch/api/status';
import { apiVersionOf } from '@navarch/api/extension/object';
import { encodedValue } from '../registry/view.ts';
import { attributesOf, inNamespace, type Write } from '../registry/write.ts';
import type { ApiResponse } from '../request/request.ts';
import { parseWriteOptions } from '../request/write-options.ts';
import { readObject } from './body.ts';
import { clientWrite, type Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function act(call: Call, action: ActionSubresource): Promise<ApiResponse> {
  const { resource, info, request, context } = call;
  const form = outputForm(call, false);
  const options = parseWriteOptions('CreateOptions', request.query);
  const expected = { schema: structOf(action.schema), apiVersion: apiVersionOf(action.kind) };
  const warn = (message: string): void => context.warn(message);
  const submitted = await readObject(request, expected, options.fieldValidation, warn);
  const { name = '' } = submitted.metadata;
  if (name !== '' && name !== info.name) {
    const message = `the name of the object (${name}) does not match the name on the URL (${info.name})`;
    throw badRequest(message);
  }
  const write: Write = {
    namespace: resource.isNamespaced ? info.namespace : '',
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, options.fieldManager, options),
  };
  const object = await admit(call, inNamespace(resource, submitted, write.namespace), write);
  const parent = { namespace: write.namespace, name: info.name };
  const answer = await action.act(parent, object, context);
  return answerWith(call, 201, encodedValue(answer), form);
}

async function admit(
  call: Call,
  submitted: KubernetesObject,
  write: Write,
): Promise<KubernetesObject> {
  const { resource, info, context, subresource } = call;
  if (!resource.admission.concerns('CREATE', info.subresource)) return submitted;
  const attributes = {
    ...attributesOf(resource, write, {
      operation: 'CREATE',
      subresource: info.subresource,
      name: info.name,
      object: submitted,
      oldObject: undefined,
    }),
    ...(subresource && { kind: subresource.kind }),
  };
  const object = (await resource.admission.mutate(attributes, context)) ?? submitted;
  await resource.admission.validate({ ...attributes, object }, context);
  return object;
}
