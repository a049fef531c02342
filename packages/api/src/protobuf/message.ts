/**
 * Messages: structs in protobuf, as Go's generated code reads and writes them.
 *
 * Fields are written in the order of their numbers. A field that cannot be unset is always written, even when it is zero; one that can is
 * written when it is set. Maps are written in the order of their keys. Inlined structs are messages of their own. `kind` and `apiVersion`
 * are not in the message: the envelope has them.
 */
import {
  type ProtobufReader,
  type ProtobufWriter,
  readerOf,
  tagOf,
  wireTypes,
} from '@navarch/codec/protobuf/wire';
import type {
  FieldSchema,
  MapSchema,
  Schema,
  StructSchema,
  UnionOption,
  UnionSchema,
} from '../schema/schema.ts';
import type { JsonObject, JsonValue } from '../types/scalars.ts';
import { eachField, message, scalarCodec, type ValueCodec } from './scalars.ts';

interface FieldCodec {
  readonly proto: number;
  /** Reads one occurrence into the object under construction. */
  read(reader: ProtobufReader, into: Record<string, JsonValue>): void;
  write(writer: ProtobufWriter, from: JsonObject): void;
}

interface MessageCodec {
  readonly inOrder: readonly FieldCodec[];
  readonly byNumber: ReadonlyMap<number, FieldCodec>;
}

/** Identity-stable schemas make a weak map a safe memo: it holds no state of a server. */
const codecs = new WeakMap<StructSchema, MessageCodec>();

export function readMessage(schema: StructSchema, reader: ProtobufReader): JsonObject {
  const { byNumber } = codecOf(schema);
  const object: Record<string, JsonValue> = {};
  eachField(reader, (number) => {
    const field = byNumber.get(number);
    field?.read(reader, object);
    return field !== undefined;
  });
  return object;
}

export function writeMessage(schema: StructSchema, writer: ProtobufWriter, value: JsonValue): void {
  const object = typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  for (const field of codecOf(schema).inOrder) field.write(writer, object);
}

function codecOf(schema: StructSchema): MessageCodec {
  const known = codecs.get(schema);
  if (known) return known;
  const own = schema.fields
    .filter((field) => !field.inlined && field.proto !== undefined)
    .map((field) => fieldCodec(field, field.proto ?? 0));
  const inlined = schema.inlines.map(({ proto, schema: inner }) => inlineCodec(proto, inner));
  const inOrder = [...own, ...inlined].toSorted((a, b) => a.proto - b.proto);
  const codec = { inOrder, byNumber: new Map(inOrder.map((field) => [field.proto, field])) };
  codecs.set(schema, codec);
  return codec;
}

function inlineCodec(proto: number, schema: StructSchema): FieldCodec {
  return {
    proto,
    read: (reader, into) => void Object.assign(into, readMessage(schema, readerOf(reader.bytes()))),
    write: (writer, from) => {
      writer.uint32(tagOf(proto, wireTypes.delimited)).fork();
      writeMessage(schema, writer, from);
      writer.ldelim();
    },
  };
}

function fieldCodec(field: FieldSchema, proto: number): FieldCodec {
  const { schema } = field;
  if (schema.kind === 'map') return mapCodec(field, proto, schema);
  if (schema.kind === 'list' && !schema.message) return listCodec(field, proto, schema.item);
  return singleCodec(field, proto, schema);
}

function singleCodec(field: FieldSchema, proto: number, schema: Schema): FieldCodec {
  const { name, nullable } = field;
  const codec = lazyCodec(schema);
  return {
    proto,
    read: (reader, into) => {
      into[name] = codec().read(reader);
    },
    write: (writer, from) => {
      const value = from[name] ?? (nullable ? undefined : codec().zero);
      if (value === undefined) return;
      writer.uint32(tagOf(proto, codec().wire));
      codec().write(writer, value);
    },
  };
}

function listCodec({ name }: FieldSchema, proto: number, item: Schema): FieldCodec {
  const codec = lazyCodec(item);
  return {
    proto,
    read: (reader, into) => {
      const list = (into[name] ??= []) as JsonValue[];
      list.push(codec().read(reader));
    },
    write: (writer, from) => {
      for (const value of (from[name] as readonly JsonValue[] | null | undefined) ?? []) {
        writer.uint32(tagOf(proto, codec().wire));
        codec().write(writer, value);
      }
    },
  };
}

/** Entries are messages `{ key = 1, value = 2 }`, in the order of the keys' bytes. */
function mapCodec({ name }: FieldSchema, proto: number, schema: MapSchema): FieldCodec {
  const codec = lazyCodec(schema.value);
  const { delimited } = wireTypes;
  return {
    proto,
    read: (reader, into) => {
      const map = (into[name] ??= {}) as Record<string, JsonValue>;
      const entry = readerOf(reader.bytes());
      let key = '';
      let value = codec().zero;
      eachField(entry, (number) => {
        if (number === 1) key = entry.string();
        else if (number === 2) value = codec().read(entry);
        else return false;
        return true;
      });
      map[key] = value;
    },
    write: (writer, from) => {
      const map = (from[name] as JsonObject | null | undefined) ?? {};
      for (const key of Object.keys(map).toSorted()) {
        writer.uint32(tagOf(proto, delimited)).fork();
        writer.uint32(tagOf(1, delimited)).string(key);
        writer.uint32(tagOf(2, codec().wire));
        codec().write(writer, map[key] ?? codec().zero);
        writer.ldelim();
      }
    },
  };
}

/** Types may refer to themselves: their codecs are made when first used. */
function lazyCodec(schema: Schema): () => ValueCodec {
  let codec: ValueCodec | undefined;
  return () => (codec ??= valueCodec(schema));
}

/** Values contain messages and messages values: that is why they are one file. */
function valueCodec(schema: Schema): ValueCodec {
  switch (schema.kind) {
    case 'scalar':
      return scalarCodec(schema);
    case 'struct':
      return message(
        (reader) => readMessage(schema, reader),
        (writer, value) => writeMessage(schema, writer, value),
        {},
      );
    case 'union':
      return message(
        (reader) => readUnion(schema, reader),
        (writer, value) => writeUnion(schema, writer, value),
        {},
      );
    case 'list':
      return wrappedList(schema.item);
    case 'map':
      throw new Error('a map has no protobuf form inside another collection');
  }
}

/** A list as a value (in a map, or with a type of its own): `{ items = 1 }`. */
function wrappedList(item: Schema): ValueCodec {
  const codec = valueCodec(item);
  return message(
    (reader) => {
      const items: JsonValue[] = [];
      eachField(reader, (field) => {
        if (field !== 1) return false;
        items.push(codec.read(reader));
        return true;
      });
      return items;
    },
    (writer, value) => {
      for (const one of value as readonly JsonValue[]) {
        writer.uint32(tagOf(1, codec.wire));
        codec.write(writer, one);
      }
    },
    [],
  );
}

/** JSON schemas' unions ("a schema or a boolean"): a message with a field per form. */
function readUnion(schema: UnionSchema, reader: ProtobufReader): JsonValue {
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

function writeUnion(schema: UnionSchema, writer: ProtobufWriter, value: JsonValue): void {
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
