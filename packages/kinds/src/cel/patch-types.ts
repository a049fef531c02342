/**
 * Types that the expressions of mutating admission policies make patches of (KEP-3962): `Object{spec: Object.spec{...}}`, whose
 * types are named by the path of fields to them and may have any field, and `JSONPatch{op: ..., path: ...}`.
 */
import type { Library } from '@navarch/cel/declarations';
import type { TypeProvider } from '@navarch/cel/environment';
import { CelError } from '@navarch/cel/errors';
import { dynType, objectType, stringType, type Type } from '@navarch/cel/types';
import { asMap, type CelObject, elementsOf, isList, kindOf, type Value } from '@navarch/cel/values';

const root = 'Object';

export const applyConfigurationType = objectType(root);
export const jsonPatchType = objectType('JSONPatch');

const jsonPatchFields: Readonly<Record<string, Type>> = {
  op: stringType,
  path: stringType,
  from: stringType,
  value: dynType,
};

const isObjectType = (name: string): boolean => name === root || name.startsWith(`${root}.`);

export const patchTypes: TypeProvider = {
  findType: (name) => (isObjectType(name) || name === 'JSONPatch' ? objectType(name) : undefined),
  findField: (name, field) => {
    if (isObjectType(name)) return dynType;
    if (name !== 'JSONPatch' || !Object.hasOwn(jsonPatchFields, field)) return undefined;
    return jsonPatchFields[field];
  },
  construct: (name, fields) => new Constructed(objectType(name), fields),
};

class Constructed implements CelObject {
  readonly kind = 'object';
  readonly type: Type;
  readonly #fields: ReadonlyMap<string, Value>;

  constructor(type: Type, fields: ReadonlyMap<string, Value>) {
    this.type = type;
    this.#fields = fields;
  }

  get(field: string): Value | undefined {
    return this.#fields.get(field);
  }

  has(field: string): boolean {
    return this.#fields.has(field);
  }

  fields(): Iterable<string> {
    return this.#fields.keys();
  }
}

/**
 * The checker takes any type for any field. Throws CelError where the type of an object in another is not named by the way to it,
 * such as `Object{spec: Object.status{}}`. Lists and maps on the way have no name.
 */
export function checkTypeNames(object: CelObject): void {
  const problems = [...misplaced(object, nameOf(object))];
  if (problems.length > 0) throw new CelError(`type mismatch: ${problems.join('\n')}`);
}

function* misplaced(value: Value, expected: string): Iterable<string> {
  if (kindOf(value) === 'object') {
    const object = value as CelObject;
    const name = nameOf(object);
    if (name !== expected) {
      yield `unexpected type name "${name}", expected "${expected}", which matches field name path from root Object type`;
    }
    for (const field of object.fields()) {
      const member = object.get(field);
      if (member !== undefined) yield* misplaced(member, `${expected}.${field}`);
    }
  } else if (isList(value)) {
    for (const item of elementsOf(value)) yield* misplaced(item, expected);
  } else if (kindOf(value) === 'map') {
    const map = asMap(value);
    for (const key of map?.keys() ?? []) yield* misplaced(map?.get(key) ?? null, expected);
  }
}

const nameOf = ({ type }: CelObject): string => (type.kind === 'object' ? type.name : '');

/** For use in paths: RFC 6901. */
export const jsonPatchLibrary: Library = {
  name: 'kubernetes.jsonpatch',
  functions: [
    {
      name: 'jsonpatch.escapeKey',
      overloads: [
        {
          id: 'string_jsonpatch_escapeKey_string',
          receiver: false,
          args: [stringType],
          result: stringType,
          evaluate: ([key]) => (key as string).replaceAll('~', '~0').replaceAll('/', '~1'),
        },
      ],
    },
  ],
};
