/** Something done to an object by posting another to it: a binding, an eviction, a token. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ActionSubresource } from '@navarch/api/extension/resource';
import { structOf } from '@navarch/api/schema/registry';
import { apiVersionOf } from '@navarch/api/extension/object';
import type { StructSchema } from '@navarch/api/schema/schema';
import { trackAction } from '../registry/field-managers.ts';
import { typedForm } from '../registry/object-form.ts';
import { encodedValue } from '../registry/view.ts';
import { attributesOf, inNamespace, type Write } from '../registry/write.ts';
import type { ApiResponse } from '../request/request.ts';
import { parseWriteOptions } from '../request/write-options.ts';
import { readObject } from './body.ts';
import { clientWrite, type Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function act(call: Call, action: ActionSubresource): Promise<ApiResponse> {
  const { resource, info, request, context } = call;
  const form = outputForm(call);
  const options = parseWriteOptions('CreateOptions', request.query);
  const schema = structOf(action.schema);
  const expected = typedForm(schema, action.setDefaults);
  const warn = (message: string): void => context.warn(message);
  const submitted = await readObject(request, expected, options.fieldValidation, warn);
  call.audit?.brings(submitted);
  const write: Write = {
    namespace: resource.isNamespaced ? info.namespace : '',
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, options.fieldManager, options),
  };
  const object = await admit(call, owned(call, schema, submitted, write), write);
  const parent = { namespace: write.namespace, name: info.name };
  const answer = await action.act(parent, object, context);
  return answerWith(call, 201, encodedValue(answer), form);
}

/** In its namespace, with its fields owned by whoever sent it. The kind says whether the name fits. */
function owned(
  { resource, subresource, info, context }: Call,
  schema: StructSchema,
  submitted: KubernetesObject,
  { namespace, client }: Write,
): KubernetesObject {
  const object = inNamespace(resource, submitted, namespace);
  if (!client || !subresource) return object;
  const { manager } = client;
  const apiVersion = apiVersionOf(subresource.kind);
  const writer = { manager, apiVersion, subresource: info.subresource, nowMs: context.nowMs };
  return trackAction(schema, object, writer);
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
