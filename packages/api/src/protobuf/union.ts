/** JSON schemas' unions ("a schema or a boolean"): in protobuf a message with a field per form. */
import { type ProtobufReader, type ProtobufWriter, tagOf } from '@navarch/codec/protobuf/wire';
import type { Schema, UnionOption, UnionSchema } from '../schema/schema.ts';
import type { JsonValue } from '../types/scalars.ts';
import { eachField, valueCodec } from './codec.ts';

export function readUnion(schema: UnionSchema, reader: ProtobufReader): JsonValue {
  let found: JsonValue = null;
  eachField(reader, (field) => {
    const option = schema.options.find(({ proto }) => proto === field);
    if (!option) return false;
    const value = valueCodec(itemOf(option.schema)).read(reader);
    if (option.schema.kind === 'list') found = [...(Array.isArray(found) ? found : []), value];
    // A boolean is always sent; a schema beside it is what counts.
    else if (option.schema.kind !== 'scalar' || found === null) found = value;
    return true;
  });
  return found;
}

export function writeUnion(schema: UnionSchema, writer: ProtobufWriter, value: JsonValue): void {
  for (const option of schema.options.toSorted((a, b) => a.proto - b.proto)) {
    if (option.schema.kind === 'scalar')
      writeOne(writer, option, typeof value === 'boolean' ? value : true);
    else if (option.schema.kind === 'list') {
      if (Array.isArray(value))
        for (const item of value as readonly JsonValue[]) writeOne(writer, option, item);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      writeOne(writer, option, value);
  }
}

function writeOne(writer: ProtobufWriter, option: UnionOption, value: JsonValue): void {
  const codec = valueCodec(itemOf(option.schema));
  writer.uint32(tagOf(option.proto, codec.wire));
  codec.write(writer, value);
}

function itemOf(schema: Schema): Schema {
  return schema.kind === 'list' ? schema.item : schema;
}
