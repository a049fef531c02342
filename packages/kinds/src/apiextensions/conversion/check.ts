/** Whether a converted object is still the same one, and what of its metadata is taken over: labels and annotations. */
import { aggregateMessage, type FieldError, invalid, Path } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import { labelErrors } from '../../label-selector.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The converted object with the metadata of the original. Throws an Error with upstream's words for one object: it asks about
 * objects one by one, where we ask about many at once.
 */
export function checkedConversion(original: Members, converted: unknown, desired: string): Members {
  const refuse = (what: string): Error => new Error(`returned invalid ${what}`);
  if (!isMembers(converted)) throw refuse(`object: ${goType(converted)}`);
  if (converted['apiVersion'] !== desired) {
    const received = text(converted['apiVersion']);
    throw refuse(
      `object at index 0: invalid groupVersion (expected ${desired}, received ${received})`,
    );
  }
  if (converted['kind'] !== original['kind']) {
    const [expected, received] = [text(original['kind']), text(converted['kind'])];
    throw refuse(`object at index 0: invalid kind (expected ${expected}, received ${received})`);
  }
  const problem = differentIdentity(original, converted);
  if (problem !== undefined) throw refuse(`object: ${problem}`);
  try {
    return { ...converted, metadata: restoredMetadata(original, converted) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(`metadata: ${reason}`);
  }
}

const identity = [
  ['name', 'name'],
  ['namespace', 'namespace'],
  ['uid', 'UID'],
] as const;

function differentIdentity(original: Members, converted: Members): string | undefined {
  const [before, after] = [metadataOf(original), metadataOf(converted)];
  for (const [field, name] of identity) {
    const [expected, got] = [text(before[field]), text(after[field])];
    if (expected !== got) return `must have the same ${name}: ${expected} != ${got}`;
  }
  return undefined;
}

function metadataOf(object: Members): Members {
  const { metadata } = object as { readonly metadata?: unknown };
  return isMembers(metadata) ? metadata : {};
}

function restoredMetadata(original: Members, converted: Members): Members {
  if (!('metadata' in converted)) throw new Error('missing metadata in converted object');
  const { metadata } = converted as { readonly metadata?: unknown };
  if (!isMembers(metadata)) {
    throw new Error(`invalid metadata of type ${goType(metadata)} in converted object`);
  }
  const restored: Record<string, unknown> = { ...metadataOf(original) };
  for (const field of ['labels', 'annotations'] as const) {
    const given = metadata[field];
    if (given === undefined || given === null) delete restored[field];
    else restored[field] = checkedMap(field, given, restored[field]);
  }
  return restored;
}

function checkedMap(field: 'labels' | 'annotations', given: unknown, before: unknown): unknown {
  if (!isMembers(given)) {
    throw new Error(`invalid metadata.${field} of type ${goType(given)} in converted object`);
  }
  const strings: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string') {
      const type = goType(value);
      throw new Error(
        `metadata.${field}[${key}] must be a string, but is ${type} in converted object`,
      );
    }
    strings[key] = value;
  }
  if (sameStrings(strings, isMembers(before) ? before : {})) return given;
  const path = Path.of('metadata');
  const errors =
    field === 'labels'
      ? labelErrors(strings, path.child('labels'))
      : annotationErrors(strings, path.child('annotation'));
  if (errors.length === 0) return given;
  throw new Error(aggregateMessage(errors));
}

function annotationErrors(annotations: Readonly<Record<string, string>>, path: Path): FieldError[] {
  return Object.keys(annotations).flatMap((key) =>
    isQualifiedName(key.toLowerCase()).map((detail) => invalid(path, key, detail)),
  );
}

function sameStrings(a: Members, b: Members): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** As Go prints the type of a decoded JSON value. */
function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
