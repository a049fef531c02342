/**
 * The OpenAPI 2 document in protobuf, the form that client-go asks for. Source of the field numbers: OpenAPIv2.proto of
 * google/gnostic. Only what Kubernetes documents contain is known here; values that may be anything travel as YAML text, and
 * JSON is YAML.
 */
import { encodeJson } from '@navarch/codec/json';
import {
  newWriter,
  type ProtobufWriter,
  tagOf,
  wireTypes,
  writeInt64,
} from '@navarch/codec/protobuf/wire';

export function openApiProtobuf(document: object): Uint8Array {
  const writer = newWriter();
  documentBody(writer, document);
  return writer.finish();
}

/** Writes one member of a message, tag and all; nothing when the value is its type's zero. */
type Member = (writer: ProtobufWriter, value: unknown) => void;
/** Writes the inside of a message. */
type Body = (writer: ProtobufWriter, value: unknown) => void;

function text(field: number): Member {
  return (writer, value) => {
    if (typeof value !== 'string' || value === '') return;
    writer.uint32(tagOf(field, wireTypes.delimited)).string(value);
  };
}

function flag(field: number): Member {
  return (writer, value) => {
    if (value === true) writer.uint32(tagOf(field, wireTypes.varint)).bool(true);
  };
}

function whole(field: number): Member {
  return (writer, value) => {
    if ((typeof value === 'number' && value !== 0) || typeof value === 'bigint') {
      writeInt64(writer.uint32(tagOf(field, wireTypes.varint)), value);
    }
  };
}

function real(field: number): Member {
  return (writer, value) => {
    if ((typeof value === 'number' && value !== 0) || typeof value === 'bigint') {
      writer.uint32(tagOf(field, wireTypes.fixed64)).double(Number(value));
    }
  };
}

function message(field: number, body: Body): Member {
  return (writer, value) => {
    writer.uint32(tagOf(field, wireTypes.delimited)).fork();
    body(writer, value);
    writer.ldelim();
  };
}

/** One member per element. */
function each(member: Member): Member {
  return (writer, value) => {
    if (Array.isArray(value)) for (const element of value) member(writer, element);
  };
}

/** A message that holds only one member. */
function only(member: Member): Body {
  return (writer, value) => member(writer, value);
}

/** A map as pairs of name and value, in the member `field`. */
function pairs(field: number, body: Body): Body {
  const name = text(1);
  const content = message(2, body);
  return (writer, value) => {
    for (const [key, member] of Object.entries(membersOf(value))) {
      writer.uint32(tagOf(field, wireTypes.delimited)).fork();
      name(writer, key);
      content(writer, member);
      writer.ldelim();
    }
  };
}

/** Anything, as text. */
const anything: Body = (writer, value) => text(2)(writer, `${encodeJson(value)}\n`);

/** A message with named members; `extensions`: the field for members whose names begin with `x-`. */
function struct(members: Readonly<Record<string, Member>>, extensions?: number): Body {
  const extra = extensions === undefined ? undefined : pairs(extensions, anything);
  return (writer, value) => {
    for (const [name, content] of Object.entries(membersOf(value))) {
      if (content === undefined) continue;
      if (extra && name.startsWith('x-')) extra(writer, { [name]: content });
      else members[name]?.(writer, content);
    }
  };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Schemas hold schemas: what is below is looked up when it is written. */
const schemaBody: Body = (writer, value) => schemaStruct(writer, value);
const schemaMap = pairs(1, schemaBody);

const schemaStruct = struct(
  {
    $ref: text(1),
    format: text(2),
    title: text(3),
    description: text(4),
    default: message(5, anything),
    multipleOf: real(6),
    maximum: real(7),
    exclusiveMaximum: flag(8),
    minimum: real(9),
    exclusiveMinimum: flag(10),
    maxLength: whole(11),
    minLength: whole(12),
    pattern: text(13),
    maxItems: whole(14),
    minItems: whole(15),
    uniqueItems: flag(16),
    maxProperties: whole(17),
    minProperties: whole(18),
    required: each(text(19)),
    enum: each(message(20, anything)),
    additionalProperties: (writer, value) =>
      message(21, typeof value === 'boolean' ? only(flag(2)) : only(message(1, schemaBody)))(
        writer,
        value,
      ),
    type: message(22, (writer, value) =>
      each(text(1))(writer, Array.isArray(value) ? value : [value]),
    ),
    items: message(23, only(message(1, schemaBody))),
    allOf: each(message(24, schemaBody)),
    properties: message(25, schemaMap),
    readOnly: flag(27),
  },
  31,
);

/** The numbers of the members that all parameters but bodies have; queries have one more, which shifts those after it. */
function parameterBody(shift: 0 | 1): Body {
  return struct(
    {
      required: flag(1),
      in: text(2),
      description: text(3),
      name: text(4),
      type: text(5 + shift),
      format: text(6 + shift),
      default: message(9 + shift, anything),
      pattern: text(16 + shift),
      uniqueItems: flag(19 + shift),
      enum: each(message(20 + shift, anything)),
    },
    22 + shift,
  );
}

const bodyParameter = struct(
  {
    description: text(1),
    name: text(2),
    in: text(3),
    required: flag(4),
    schema: message(5, schemaBody),
  },
  6,
);

/** Where each kind of parameter stands in the choice of those that are no bodies. */
const otherParameters: Readonly<Record<string, Member>> = {
  header: message(1, parameterBody(0)),
  formData: message(2, parameterBody(1)),
  query: message(3, parameterBody(1)),
  path: message(4, parameterBody(0)),
};

const reference = struct({ $ref: text(1), description: text(2) });

const parameter: Body = (writer, value) => {
  const { $ref, in: place } = membersOf(value);
  if (typeof $ref === 'string') return message(2, reference)(writer, value);
  if (place === 'body') return message(1, only(message(1, bodyParameter)))(writer, value);
  const other = otherParameters[String(place)];
  return other && message(1, only(message(2, only(other))))(writer, value);
};

const response = struct(
  { description: text(1), schema: message(2, only(message(1, schemaBody))) },
  5,
);

const securityRequirement = pairs(1, each(text(1)));

const operation = struct(
  {
    tags: each(text(1)),
    summary: text(2),
    description: text(3),
    operationId: text(5),
    produces: each(text(6)),
    consumes: each(text(7)),
    parameters: each(message(8, parameter)),
    responses: message(9, pairs(1, only(message(1, response)))),
    schemes: each(text(10)),
    deprecated: flag(11),
    security: each(message(12, securityRequirement)),
  },
  13,
);

const pathItem = struct(
  {
    $ref: text(1),
    get: message(2, operation),
    put: message(3, operation),
    post: message(4, operation),
    delete: message(5, operation),
    options: message(6, operation),
    head: message(7, operation),
    patch: message(8, operation),
    parameters: each(message(9, parameter)),
  },
  10,
);

const apiKey = struct({ type: text(1), name: text(2), in: text(3), description: text(4) }, 5);

const documentBody = struct(
  {
    swagger: text(1),
    info: message(2, struct({ title: text(1), version: text(2), description: text(3) }, 7)),
    host: text(3),
    basePath: text(4),
    schemes: each(text(5)),
    consumes: each(text(6)),
    produces: each(text(7)),
    paths: message(8, pairs(2, pathItem)),
    definitions: message(9, schemaMap),
    security: each(message(12, securityRequirement)),
    securityDefinitions: message(13, pairs(1, only(message(2, apiKey)))),
  },
  16,
);
