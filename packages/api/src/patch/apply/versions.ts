/** Objects in the versions that their owners know them by. */
import { decodeObject } from '../../schema/decode.ts';
import type { StructSchema } from '../../schema/schema.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Another served version of the same kind. */
export interface OtherVersion {
  readonly schema: StructSchema;
  /** From the version in which the configuration is applied. */
  from(object: Members): Members;
  /** To that version. */
  to(object: Members): Members;
}

export interface Versions {
  readonly apiVersion: string;
  readonly schema: StructSchema;
  /** Undefined for versions that are not served. */
  readonly other: (apiVersion: string) => OtherVersion | undefined;
}

export interface InVersion {
  readonly schema: StructSchema;
  readonly value: Members;
}

/** `value` as that version has it; undefined when nobody knows that version any longer. */
export function inVersion(
  versions: Versions,
  apiVersion: string,
  value: Members,
): InVersion | undefined {
  if (apiVersion === versions.apiVersion) return { schema: versions.schema, value };
  const other = versions.other(apiVersion);
  if (!other) return undefined;
  return { schema: other.schema, value: other.from(completed(versions.schema, value)) };
}

/** The way back. */
export function fromVersion(versions: Versions, apiVersion: string, value: Members): Members {
  const other = apiVersion === versions.apiVersion ? undefined : versions.other(apiVersion);
  return other ? other.to(completed(other.schema, value)) : value;
}

/** What converts objects expects whole ones: with what is always there, without nulls. */
function completed(schema: StructSchema, value: Members): Members {
  if (schema.isCustom) return value;
  const { kind, apiVersion } = value;
  return {
    ...(kind === undefined ? undefined : { kind }),
    ...(apiVersion === undefined ? undefined : { apiVersion }),
    ...decodeObject(schema, value).value,
  };
}
