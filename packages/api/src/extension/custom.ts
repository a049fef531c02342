/** What the registry must know of a custom kind: its objects are JSON values that a schema, which came at run time, says things of. */
import type { StructSchema } from '../schema/schema.ts';
import type { ServerServices } from './context.ts';
import type { KubernetesObject } from './object.ts';
import type { JSONSchemaProps } from '../types/apiextensions/v1/json-schema.ts';

/** An object while it is read or made: a value of its own, free to be changed. */
export type CustomDraft = Record<string, unknown>;

export interface Coerced {
  /** Paths of members that the schema does not have and that were dropped, such as `spec.parts[0].m`. In upstream's order. */
  readonly unknown: readonly string[];
  /** Set when the metadata of it, or of an object inside it, cannot be read: upstream's message. */
  readonly error: string | undefined;
}

/** One version of a custom kind. Pure; whatever is expensive is made when it is first needed. */
export interface CustomForm {
  /** As the definition has it. */
  readonly definition: JSONSchemaProps;
  /** Differs between definitions, and after every change of one; the same after a restart. */
  readonly identity: string;
  /** For managed fields and apply. The same one each time. */
  schema(): StructSchema;
  /**
   * Brings a draft into the form of the schema, in place: metadata as metadata is, no unknown members, no null where none may be.
   * What was stored long ago may have bad metadata, which is dropped then; what clients send may not.
   */
  coerce(draft: CustomDraft, metadata: 'refuse' | 'drop'): Coerced;
  /** Fills in the defaults of the schema, in place. */
  setDefaults(draft: CustomDraft): void;
  /** Set where a webhook converts: objects of other versions in this one. Rejects with a StatusError. */
  readonly fromOther?: (
    objects: readonly KubernetesObject[],
    services: ServerServices,
  ) => Promise<readonly KubernetesObject[]>;
}
