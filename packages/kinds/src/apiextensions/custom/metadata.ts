/** Metadata of custom objects, and of objects inside them: it must be metadata as all kinds have it. */
import { errorMessage, type FieldError, invalid, Path } from '@navarch/api/field-error';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import {
  isEmbedded,
  isMembers,
  itemsOf,
  propertyOf,
  valueSchema,
  type Members,
} from './schema-parts.ts';

export type BadMetadata = 'refuse' | 'drop';

/** Stops at the first that is wrong, as upstream does. */
export class MetadataError extends Error {
  /** With its place, when it is in an embedded object. */
  readonly fieldError: FieldError | undefined;

  constructor(message: string, fieldError?: FieldError) {
    super(message);
    this.fieldError = fieldError;
  }
}

/** Changes `object`; returns the paths of unknown members, which are dropped. */
export function coerceMetadata(
  object: Members,
  prefix: string,
  bad: BadMetadata,
): readonly string[] {
  const given = object['metadata'];
  if (given === undefined) return [];
  const { value, problems, error } = decodeMetadata(given);
  if (error === undefined) object['metadata'] = value;
  else if (bad === 'refuse') throw new MetadataError(error);
  else object['metadata'] = wellFormed(given);
  return problems.map(({ path }) => `${prefix}metadata.${path}`);
}

function decodeMetadata(given: unknown) {
  const decoded = decodeObject(structOf('meta/v1.ObjectMeta'), given, { exactNumbers: true });
  if (decoded.value['creationTimestamp'] !== null) return decoded;
  const { creationTimestamp: _, ...value } = decoded.value;
  return { ...decoded, value };
}

/** What of it is as it should be. */
function wellFormed(given: unknown): Members {
  if (!isMembers(given)) return {};
  const kept: Members = {};
  for (const [name, member] of Object.entries(given)) {
    const isMap = name === 'labels' || name === 'annotations';
    const part = isMap && isMembers(member) ? onlyText(member) : member;
    const { value, error } = decodeMetadata({ [name]: part });
    if (error === undefined) Object.assign(kept, value);
  }
  return kept;
}

function onlyText(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(([, member]) => typeof member === 'string'),
  );
}

/** The objects inside an object. Their errors say where they are. */
export function coerceEmbedded(
  value: unknown,
  schema: JSONSchemaProps | undefined,
  path: Path | undefined,
  bad: BadMetadata,
): readonly string[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return value.flatMap((item, i) => coerceEmbedded(item, items, path?.index(i), bad));
  }
  if (!isMembers(value)) return [];
  const unknown: string[] = [];
  if (path && isEmbedded(schema)) unknown.push(...coerceOne(value, path, bad));
  for (const [name, member] of Object.entries(value)) {
    const inner = propertyOf(schema, name) ?? valueSchema(schema);
    unknown.push(...coerceEmbedded(member, inner, path?.child(name) ?? Path.of(name), bad));
  }
  return unknown;
}

function coerceOne(object: Members, path: Path, bad: BadMetadata): readonly string[] {
  for (const name of ['apiVersion', 'kind']) {
    const member = object[name];
    if (member === undefined || typeof member === 'string') continue;
    if (bad === 'drop') delete object[name];
    else throw refusal(path.child(name), member, 'must be a string');
  }
  const given = object['metadata'];
  try {
    return coerceMetadata(object, `${path.toString()}.`, bad);
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    throw refusal(path.child('metadata'), given, error.message);
  }
}

function refusal(path: Path, value: unknown, detail: string): MetadataError {
  const error = invalid(path, value, detail);
  return new MetadataError(errorMessage(error), error);
}
