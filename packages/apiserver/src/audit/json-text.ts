/** Texts of JSON, changed without being understood more than necessary. */
import { decodeJson, encodeJson } from '@navarch/codec/json';

/** Without the space between its parts: numbers and the order of members stay as they were sent. Undefined when it is no JSON. */
export function compactJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return text.replaceAll(
    /("(?:[^"\\]|\\.)*")|\s+/g,
    (_, quoted: string | undefined) => quoted ?? '',
  );
}

interface Holder {
  metadata?: { managedFields?: unknown } | null;
  items?: unknown;
  rows?: unknown;
}

/** Of an object, of the items of a list, or of the objects in the rows of a table. */
export function withoutManagedFields(text: string): string {
  const value = decodeJson(text) as Holder;
  strip(value);
  for (const item of listOf(value.items)) strip(item as Holder);
  for (const row of listOf(value.rows)) strip((row as { object?: Holder }).object);
  return encodeJson(value);
}

function strip(value: Holder | null | undefined): void {
  if (value?.metadata) delete value.metadata.managedFields;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
