/** Fields that only restrictions at the root know must be declared as well. */
import { type FieldError, type Path, required } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { itemsOf } from '../custom/schema-parts.ts';

export function completenessErrors(schema: JSONSchemaProps, path: Path): FieldError[] {
  return restrictions(schema, schema, path, path);
}

/** `at` is where the declaration should be, `from` where the restriction is. */
function restrictions(
  part: JSONSchemaProps,
  declared: JSONSchemaProps,
  at: Path,
  from: Path,
): FieldError[] {
  const { not, allOf = [], anyOf = [], oneOf = [] } = part;
  const each = (list: readonly JSONSchemaProps[], name: string): FieldError[] =>
    list.flatMap((inner, i) => nested(inner, declared, at, from.child(name).index(i)));
  return [
    ...(not ? nested(not, declared, at, from.child('not')) : []),
    ...each(allOf, 'allOf'),
    ...each(anyOf, 'anyOf'),
    ...each(oneOf, 'oneOf'),
  ];
}

function nested(
  part: JSONSchemaProps,
  declared: JSONSchemaProps | undefined,
  at: Path,
  from: Path,
): FieldError[] {
  if (!declared) return [required(at, `because it is defined in ${String(from)}`)];
  const errors = restrictions(part, declared, at, from);
  const items = itemsOf(part);
  if (items) {
    errors.push(...nested(items, itemsOf(declared), at.child('items'), from.child('items')));
  }
  const { properties = {} } = declared;
  for (const [name, property] of Object.entries(part.properties ?? {})) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const step = (path: Path): Path => path.child('properties').key(name);
    errors.push(...nested(property, known, step(at), step(from)));
  }
  return errors;
}
