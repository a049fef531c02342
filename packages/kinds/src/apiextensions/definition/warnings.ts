/** What authors of definitions are told although it is allowed. */
import { goQuote } from '@navarch/codec/go/text';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { listOf } from '../../nil.ts';
import { isKnownFormat } from '../values/formats.ts';
import { anyPart } from './schema-errors.ts';

/** Formats that nothing is known of are not checked; those that were there before are not mentioned again. */
export function definitionWarnings(
  object: CustomResourceDefinition,
  stored: CustomResourceDefinition | undefined,
): readonly string[] {
  const known = new Set(stored ? unknownFormats(stored) : []);
  return unknownFormats(object)
    .filter((format) => !known.has(format))
    .map((format) => `unrecognized format ${goQuote(format)}`);
}

function unknownFormats({ spec }: CustomResourceDefinition): readonly string[] {
  const found = new Set<string>();
  const look = ({ type, format }: JSONSchemaProps): boolean => {
    if (type === 'string' && format && !isKnownFormat(format)) found.add(format);
    return false;
  };
  for (const { schema } of listOf(spec.versions)) {
    if (schema?.openAPIV3Schema) anyPart(schema.openAPIV3Schema, look);
  }
  return [...found];
}
