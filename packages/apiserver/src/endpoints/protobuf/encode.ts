/** Objects in protobuf, in their envelope. Those that are stored are encoded once and kept. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { encodeProtobuf } from '@navarch/api/protobuf/envelope';
import { schemaOfKind } from '@navarch/api/schema/registry';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { JsonObject } from '@navarch/api/types/scalars';
import { limits } from '@navarch/runtime/limits';
import type { Encoded } from '../../request/request.ts';
import { Entry } from '../../watch-cache/entry.ts';
import type { KeptEncodings } from '../../watch-cache/kept-encodings.ts';
import type { Call } from '../call.ts';

/** `encodings` is where to keep it, if the object is one of theirs. */
export function encodeObject(object: Encoded, encodings: KeptEncodings | undefined): Uint8Array {
  return object instanceof Entry && encodings
    ? encodings.get(object, encodeValue)
    : encodeValue(object);
}

export function encodeValue(object: Pick<Encoded, 'value'>): Uint8Array {
  const value = object.value();
  return encodeProtobuf(protobufSchema(value), value as unknown as JsonObject);
}

/** By what the object says it is. Negotiation lets nothing come here that has no such schema. */
export function protobufSchema({
  apiVersion = '',
  kind = '',
}: Pick<KubernetesObject, 'apiVersion' | 'kind'>): StructSchema {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  const schema = schemaOfKind(group, apiVersion.slice(slash + 1), kind);
  if (!schema) throw new Error(`${apiVersion} ${kind} has no protobuf form`);
  return schema;
}

/** All of `entries`, without holding up everybody else: encoding ten thousand objects takes the better part of a second. */
export async function encodeEntries(
  { resource, surroundings }: Call,
  entries: readonly Entry[],
): Promise<readonly Uint8Array[]> {
  const encodings = resource.stored.storage?.cache.encodings;
  const { clock } = surroundings.runtime;
  encodings?.touch();
  const encoded: Uint8Array[] = [];
  let made = 0;
  for (const entry of entries) {
    const known = encodings?.known(entry);
    if (!known && ++made % limits.objectsEncodedPerTurn === 0) {
      await new Promise<void>((resolve) => clock.soon(resolve));
    }
    encoded.push(known ?? encodeObject(entry, encodings));
  }
  return encoded;
}
