/**
 * Values against a schema, keyword by keyword. A schema becomes a tree of checks once; correct values cost no text.
 *
 * The order of errors is upstream's: type, alternatives, text, format, number, list, enum, members.
 */
import { type FieldError, Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isMembers } from '../custom/schema-parts.ts';
import { alternativeErrors } from './alternatives.ts';
import type { Correlation } from './correlation.ts';
import { distinct, type Findings, Reporter } from './findings.ts';
import { Node } from './node.ts';
import { Place } from './place.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import { enumErrors, kindOf, numberErrors, stringErrors, typeErrors } from './scalars.ts';

/** Checks values of one schema. */
export interface SchemaValidator {
  /** With a correlation, errors in what did not change are forgiven. */
  validate(value: unknown, at?: Path, correlation?: Correlation): readonly FieldError[];
}

/** Nothing is compiled before the first value comes. */
export function compileSchema(schema: JSONSchemaProps): SchemaValidator {
  const root = new Node(schema);
  return {
    validate: (value, at = Path.root, correlation) =>
      forgiving(root, value, Place.root, { report: new Reporter(at), correlation }).errors,
  };
}

/** What a check needs beside the value. */
interface Check {
  readonly report: Reporter;
  readonly correlation: Correlation | undefined;
}

/** Checks a value, and forgives what is wrong with it if it was so before. */
function forgiving(node: Node, value: unknown, place: Place, check: Check): Findings {
  const found = examine(node, value, place, check);
  if (found.errors.length === 0 || !check.correlation?.isUnchanged()) return found;
  return { ...found, errors: [] };
}

/** Checks a value against everything its schema says. */
function examine(node: Node, value: unknown, place: Place, check: Check): Findings {
  const { report } = check;
  const wrongType = typeErrors(node, value, place, report);
  const matches = wrongType.length === 0 ? 1 : 0;
  if (value === null || value === undefined) {
    return { errors: distinct([...wrongType, ...enumErrors(node, null, place, report)]), matches };
  }
  const kind = kindOf(value);
  const parts: Findings[] = [
    { errors: wrongType, matches: matches + 1 },
    alternativeErrors(node, check.report, place, (part) => examine(part, value, place, check)),
  ];
  if (typeof value === 'string') {
    parts.push({ errors: stringErrors(node, value, place, report), matches: 1 });
    if (node.format) parts.push({ errors: formatErrors(node, value, place, report), matches: 1 });
  } else if (kind === 'integer' || kind === 'number') {
    const errors = numberErrors(node.schema, value as Int64, place, report);
    parts.push({ errors, matches: 2 });
  } else if (Array.isArray(value)) parts.push(examineItems(node, value, place, check));
  parts.push({ errors: enumErrors(node, value, place, report), matches: 1 });
  if (isMembers(value)) parts.push(examineMembers(node, value, place, check));
  return merge(parts, 1);
}

function formatErrors(
  { schema, format }: Node,
  value: string,
  place: Place,
  report: Reporter,
): FieldError[] {
  if (!format || format(value)) return [];
  return [report.wrongType(place, schema.format ?? '', value)];
}

function examineItems(
  node: Node,
  values: readonly unknown[],
  place: Place,
  check: Check,
): Findings {
  const { items, schema } = node;
  const { report, correlation } = check;
  const parts = items
    ? values.map((value, i) => {
        const correlated = correlation?.item(i);
        return forgiving(items, value, place.item(i), { report, correlation: correlated });
      })
    : [];
  const own: FieldError[] = [];
  if (schema.minItems !== undefined && values.length < schema.minItems) {
    const complaint = `should have at least ${schema.minItems} items`;
    own.push(report.invalid(place, values.length, complaint));
  }
  if (schema.maxItems !== undefined && values.length > schema.maxItems) {
    own.push(report.tooMany(place, values.length, Number(schema.maxItems)));
  }
  return merge([...parts, { errors: own, matches: 1 }], 1);
}

function examineMembers(
  node: Node,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  check: Check,
): Findings {
  const { schema } = node;
  const { report, correlation } = check;
  const names = Object.keys(value);
  const { minProperties = 0, maxProperties = Infinity } = schema;
  if (names.length < minProperties) {
    const complaint = `should have at least ${minProperties} properties`;
    return { errors: [report.invalid(place, names.length, complaint)], matches: 1 };
  }
  if (names.length > maxProperties) {
    return { errors: [report.tooMany(place, names.length, Number(maxProperties))], matches: 1 };
  }
  const parts: Findings[] = [];
  const extra = names.filter((name) => !node.properties.has(name));
  if (schema.additionalProperties === false) {
    const errors = extra.map((name) => forbiddenMember(name, place, report));
    parts.push({ errors, matches: 0 });
  } else if (node.values) {
    for (const name of extra) {
      const inner = { report, correlation: correlation?.member(name) };
      parts.push(forgiving(node.values, value[name], place.entry(name), inner));
    }
  }
  for (const [name, property] of node.properties) {
    if (!Object.hasOwn(value, name)) continue;
    const isHidden = place === Place.root && (name === 'apiVersion' || name === 'kind');
    // Changes of an object's own version and kind are not seen: both objects have been converted to one.
    const inner = { report, correlation: isHidden ? undefined : correlation?.member(name) };
    parts.push(forgiving(property, value[name], place.property(name), inner));
  }
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  const errors = missing.map((name) => report.missing(place.entry(name)));
  return merge([...parts, { errors, matches: 0 }], 1);
}

function forbiddenMember(name: string, place: Place, report: Reporter): FieldError {
  const error = report.invalid(place, name, '');
  return { ...error, detail: `${String(place)}.${name} in body is a forbidden property` };
}

function merge(parts: readonly Findings[], own: number): Findings {
  const errors = parts.flatMap((part) => part.errors);
  return {
    errors: distinct(errors),
    matches: parts.reduce((sum, part) => sum + part.matches, own),
  };
}
