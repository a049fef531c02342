/** What all patches need: the text that came, and how a value becomes an object of the kind. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectForm } from '../registry/object-form.ts';
import type { ApiRequest } from '../request/request.ts';
import { encodeJson } from '@navarch/codec/json';
import { cloneJson } from './clone.ts';

export async function patchText(request: ApiRequest): Promise<string> {
  if ('value' in request.body) {
    const { value } = request.body;
    return value === undefined ? '' : encodeJson(value);
  }
  const bytes = await request.body.bytes();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

/** From a decoded value to an object of the kind, with its defaults. */
export function completeObject(
  value: Readonly<Record<string, unknown>>,
  form: ObjectForm,
): KubernetesObject {
  // What a patch left alone is the current object's, which is everybody's: defaults are set on a copy.
  return form.complete(cloneJson(value) as Record<string, unknown>);
}
