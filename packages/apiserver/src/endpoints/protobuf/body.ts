/** Bodies in protobuf, as client-go sends them for built-in kinds: read into the same values that JSON would give. */
import { decodeProtobuf, isEnveloped, openEnvelope } from '@navarch/api/protobuf/envelope';
import { schemaOfKind } from '@navarch/api/schema/registry';
import type { StructSchema } from '@navarch/api/schema/schema';
import { ProtobufError } from '@navarch/codec/protobuf/wire';

/** `refuse` makes the error for bytes that are no object in protobuf. */
export function parseProtobufBody(
  bytes: Uint8Array,
  refuse: (message: string) => Error,
): Readonly<Record<string, unknown>> {
  if (!isEnveloped(bytes)) {
    throw refuse(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  try {
    const enveloped = openEnvelope(bytes);
    const { apiVersion, kind } = enveloped;
    const schema = schemaFor(apiVersion, kind);
    // Of a kind that nobody knows its name is enough: it is what the client is told.
    return schema ? decodeProtobuf(schema, enveloped) : { apiVersion, kind };
  } catch (error) {
    if (error instanceof ProtobufError) throw refuse(error.message);
    throw error;
  }
}

function schemaFor(apiVersion: string, kind: string): StructSchema | undefined {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  return schemaOfKind(group, apiVersion.slice(slash + 1), kind);
}
