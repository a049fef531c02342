/** How objects of one version of a custom kind are read, from its structural schema. */
import type { Coerced, CustomForm } from '@navarch/api/extension/custom';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { setDefaults } from './defaults.ts';
import { coerceEmbedded, coerceMetadata, MetadataError } from './metadata.ts';
import { mergeSchema, type CustomType } from './merge-schema.ts';
import { dropNulls, prune } from './prune.ts';

export interface FormOptions {
  readonly identity: string;
  readonly schema: JSONSchemaProps;
  /** Definitions of old may keep whatever they are sent. */
  readonly preserveUnknownFields: boolean;
}

export function formOf(type: CustomType, options: FormOptions): CustomForm {
  const { schema, preserveUnknownFields } = options;
  const made: { schema?: StructSchema } = {};
  const isOurs = ({ kind, apiVersion }: Readonly<Record<string, unknown>>): boolean =>
    kind === type.kind && typeof apiVersion === 'string' && apiVersion.startsWith(`${type.group}/`);
  return {
    definition: schema,
    identity: options.identity,
    schema: () => (made.schema ??= mergeSchema(type, options)),
    coerce(draft, bad): Coerced {
      try {
        const unknown = [...coerceMetadata(draft, '', bad)];
        if (!isOurs(draft)) return { unknown, error: undefined };
        if (!preserveUnknownFields) {
          unknown.push(...prune(draft, schema));
          dropNulls(draft, schema);
        }
        unknown.push(...coerceEmbedded(draft, schema, undefined, bad));
        return { unknown, error: undefined };
      } catch (error) {
        if (!(error instanceof MetadataError)) throw error;
        return { unknown: [], error: error.message };
      }
    },
    setDefaults: (draft) => {
      if (isOurs(draft)) setDefaults(draft, schema);
    },
  };
}
