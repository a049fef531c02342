/**
 * The doc comments of the API types, for OpenAPI and `kubectl explain`. They are several times as
 * large as the schemas, so only what publishes them should import this file.
 */
import encoded from '../generated/descriptions.json' with { type: 'json' };

export interface TypeDescription {
  /** Empty when the type has no doc comment. */
  readonly text: string;
  /** By property name; those of inlined structs are among them. */
  readonly fields: { readonly [name: string]: string };
}

/** The description of a type, such as `core/v1.Pod`. */
export function descriptionOf(name: string): TypeDescription {
  return descriptions[name] ?? none;
}

// The JSON module's inferred type is one literal type per API type.
const descriptions = encoded as unknown as { readonly [name: string]: TypeDescription };
const none: TypeDescription = { text: '', fields: {} };
