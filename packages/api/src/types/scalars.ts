/**
 * The scalar types that API types are built from. Each has its own rules for JSON, CBOR and
 * protobuf; here they are only names, so that a type says what a number or string means.
 */

/** A whole number of 32 bits, with sign. */
export type Int32 = number;

/** A whole number of 64 bits, with sign: a bigint where a number would not be exact, from 2^53 on. */
export type Int64 = number | bigint;

/** A floating point number of 64 bits. */
export type Float64 = number;

/** An amount with an optional unit suffix, such as `500m`, `1.5Gi` or `2e3`. */
export type Quantity = string;

/** An RFC 3339 time in whole seconds, in UTC, such as `2026-01-31T12:00:00Z`. */
export type Time = string;

/** An RFC 3339 time with six digits of a second, in UTC. */
export type MicroTime = string;

/** A length of time in Go's notation, such as `1h30m` or `250ms`. */
export type Duration = string;

/** A number, or a string that means one, such as a percentage or the name of a port. */
export type IntOrString = number | string;

/** Bytes in base64. */
export type Bytes = string;

/** Any JSON value. Whole numbers of 64 bits are exact, as `Int64` is. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** The set of fields one manager owns, as a tree of `f:`, `k:`, `v:` and `.` keys. */
export type FieldsV1 = JsonObject;

/** An object of any kind, kept as it came. */
export type RawExtension = JsonObject;

/** A map with string keys. */
export type StringMap<T> = { readonly [key: string]: T };

/** A copy of `T` under construction: the same shape, writable at every depth. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Draft<T[Key]> }
    : T;
