/** A schema with everything about it that is worked out once, when it is first needed. */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { itemsOf, valueSchema } from '../custom/schema-parts.ts';
import { formatCheck } from './formats.ts';
import { patternOf, typesOf } from './scalars.ts';

/** Everything about a schema that is worked out once. */
export class Node {
  readonly schema: JSONSchemaProps;
  readonly types: readonly string[];
  readonly #made: Lazily = {};

  constructor(schema: JSONSchemaProps) {
    this.schema = schema;
    this.types = typesOf(schema);
  }

  get properties(): ReadonlyMap<string, Node> {
    return (this.#made.properties ??= new Map(
      Object.entries(this.schema.properties ?? {}).map(([name, part]) => [name, new Node(part)]),
    ));
  }

  get values(): Node | undefined {
    return (this.#made.values ??= nodeOf(valueSchema(this.schema)));
  }

  get items(): Node | undefined {
    return (this.#made.items ??= nodeOf(itemsOf(this.schema)));
  }

  get alternatives(): Alternatives {
    const { allOf = [], anyOf = [], oneOf = [], not } = this.schema;
    return (this.#made.alternatives ??= {
      allOf: allOf.map((part) => new Node(part)),
      anyOf: anyOf.map((part) => new Node(part)),
      oneOf: oneOf.map((part) => new Node(part)),
      not: nodeOf(not),
    });
  }

  get pattern(): (text: string) => boolean {
    return (this.#made.pattern ??= patternOf(this.schema.pattern));
  }

  get format(): ((text: string) => boolean) | undefined {
    return formatCheck(this.schema.format);
  }
}

interface Lazily {
  properties?: ReadonlyMap<string, Node>;
  values?: Node | undefined;
  items?: Node | undefined;
  alternatives?: Alternatives;
  pattern?: (text: string) => boolean;
}

export interface Alternatives {
  readonly allOf: readonly Node[];
  readonly anyOf: readonly Node[];
  readonly oneOf: readonly Node[];
  readonly not: Node | undefined;
}

function nodeOf(schema: JSONSchemaProps | undefined): Node | undefined {
  return schema && new Node(schema);
}
