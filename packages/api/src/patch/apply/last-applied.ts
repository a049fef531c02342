/**
 * kubectl, which used to remember in an annotation what it applied, and now applies on the server: what the annotation says and the
 * object still has is kubectl's to take, and the annotation goes on to say what was applied last. Only for that manager, and
 * only where the annotation is.
 */
import { goJson } from '@navarch/codec/go/text';
import { compareValues } from '../../managed-fields/compare.ts';
import { difference, type FieldSet } from '../../managed-fields/field-set.ts';
import { isRecord } from '../../managed-fields/field-set-of.ts';
import type { StructSchema } from '../../schema/schema.ts';
import { checkConfiguration } from './check.ts';
import { fieldsOf } from './fields.ts';
import { decodeJson } from '@navarch/codec/json';
import type { Members } from './versions.ts';

export const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
export const migratingManager = 'kubectl';

/** Fields that were applied from the client, and are as they were applied. Undefined when nothing says so. */
export function lastAppliedFields(schema: StructSchema, live: Members): FieldSet | undefined {
  const text = annotationsOf(live)[annotation];
  const applied = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isRecord(applied) || !applied['kind'] || applied['apiVersion'] !== live['apiVersion']) {
    return undefined;
  }
  if (checkConfiguration(schema, applied).length > 0) return undefined;
  const { added, modified, removed } = compareValues(schema, applied, live);
  return [added, modified, removed].reduce(difference, fieldsOf(schema, applied));
}

/** `object`, with its annotation, if it has one, telling of `config`. */
export function withLastApplied(object: Members, config: Members): Members {
  const annotations = annotationsOf(object);
  if (!annotations[annotation]) return object;
  const { [annotation]: _, ...others } = annotations;
  const all = { ...others, [annotation]: `${goJson(sorted(withoutAnnotation(config)))}\n` };
  return withAnnotations(object, sizeOf(all) > annotationsSizeMax ? others : all);
}

/** What all annotations of an object may add up to, in bytes. */
const annotationsSizeMax = 256 * 1024;

function sizeOf(annotations: Members): number {
  const text = Object.entries(annotations).flat().join('');
  return new TextEncoder().encode(text).length;
}

function withoutAnnotation(config: Members): Members {
  const { [annotation]: said, ...annotations } = annotationsOf(config);
  return said === undefined ? config : withAnnotations(config, annotations);
}

function annotationsOf({ metadata }: Members): Members {
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  return isRecord(annotations) ? annotations : {};
}

function withAnnotations(object: Members, annotations: Members): Members {
  const { annotations: _, ...metadata } = (object['metadata'] ?? {}) as Members;
  const isEmpty = Object.keys(annotations).length === 0;
  return { ...object, metadata: isEmpty ? metadata : { ...metadata, annotations } };
}

function parseJson(text: string): unknown {
  try {
    return decodeJson(text);
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
