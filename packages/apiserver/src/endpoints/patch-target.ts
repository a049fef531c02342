/** What all patches need: the text that came, the type that must come out, and how a value becomes an object of that type. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { applyStaticDefaults } from '@navarch/api/schema/default';
import { decodeObject } from '@navarch/api/schema/decode';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { Draft } from '@navarch/api/types/scalars';
import type { ApiRequest } from '../request/request.ts';
import { cloneJson } from './clone.ts';

export interface PatchTarget {
  readonly schema: StructSchema;
  readonly setDefaults?: ((draft: Draft<KubernetesObject>) => void) | undefined;
}

export async function patchText(request: ApiRequest): Promise<string> {
  if ('value' in request.body) return JSON.stringify(request.body.value) ?? '';
  const bytes = await request.body.bytes();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

/** From a decoded value to an object of the kind, with its defaults. */
export function completeObject(
  value: Readonly<Record<string, unknown>>,
  { schema, setDefaults }: PatchTarget,
): KubernetesObject {
  const { kind, apiVersion } = typeOf(schema);
  // What a patch left alone is the current object's, which is everybody's: defaults are set on a copy.
  const draft = cloneJson({ ...value, kind, apiVersion }) as Record<string, unknown>;
  applyStaticDefaults(schema, draft);
  const object = draft as unknown as Draft<KubernetesObject>;
  setDefaults?.(object);
  return decodeObject(schema, draft).value as unknown as KubernetesObject;
}

export function typeOf(schema: StructSchema): {
  readonly kind: string;
  readonly apiVersion: string;
} {
  const { group, version, typeName } = schema;
  return { kind: typeName, apiVersion: group === '' ? version : `${group}/${version}` };
}
