/**
 * How values become objects of a kind, and how those are laid out. Built-in kinds have types, as Go's are, and drop what these do not
 * have; custom kinds are JSON values that keep what a schema lets them keep, with their members in the order of their names.
 */
import type { CustomForm } from '@navarch/api/extension/custom';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { applyStaticDefaults } from '@navarch/api/schema/default';
import { type DecodeOptions, decodeObject } from '@navarch/api/schema/decode';
import { plainNumbers } from '@navarch/api/schema/decode-scalar';
import { structOf } from '@navarch/api/schema/registry';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { Draft } from '@navarch/api/types/scalars';
import { cloneJson, sortMembers } from '../endpoints/clone.ts';
import { thaw } from '../endpoints/thaw.ts';

type Members = Readonly<Record<string, unknown>>;

export interface FormDecoded {
  readonly value: Record<string, unknown>;
  /** `unknown field "spec.nme"` and the like. */
  readonly problems: readonly string[];
  /** Set when it cannot be read; the value is of no use then. */
  readonly error: string | undefined;
}

export interface ObjectForm {
  readonly kind: string;
  readonly apiVersion: string;
  /** For managed fields, apply and patches by type. */
  readonly schema: StructSchema;
  /** Undefined for built-in kinds. */
  readonly custom: CustomForm | undefined;
  /** Reads what came from outside, numbers possibly in their spelling. `value` stays as it is. */
  decode(value: unknown, words?: DecodeOptions['words']): FormDecoded;
  /** With defaults and in order. `draft` was decoded and belongs to the caller. */
  complete(draft: Record<string, unknown>): KubernetesObject;
  /** In order, so that equal objects are equal byte for byte. `asStored`: with what upstream's storage makes of empty lists. */
  canonical(object: KubernetesObject, options: { readonly asStored: boolean }): KubernetesObject;
}

export function typedForm(
  schema: StructSchema,
  setDefaults?: (draft: Draft<KubernetesObject>) => void,
): ObjectForm {
  const { group, version, typeName: kind } = schema;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return {
    kind,
    apiVersion,
    schema,
    custom: undefined,
    decode: (value, words = 'decoder') => {
      const decoded = decodeObject(schema, value, { exactNumbers: true, words });
      const { problems } = decoded;
      return {
        value: decoded.value,
        problems: problems.length === 0 ? none : problems.map(({ message }) => message),
        error: decoded.error,
      };
    },
    complete: (decoded) => {
      const draft: Record<string, unknown> = { ...decoded, kind, apiVersion };
      thaw(schema, draft);
      applyStaticDefaults(schema, draft);
      setDefaults?.(draft as unknown as Draft<KubernetesObject>);
      // Defaults came last, and some are zero values that are never written: once more, for order and for those.
      return decodeObject(schema, draft).value as unknown as KubernetesObject;
    },
    canonical: (object, options) =>
      decodeObject(schema, object, options).value as unknown as KubernetesObject,
  };
}

const none: readonly string[] = Object.freeze([]);

export function customForm(
  type: { readonly kind: string; readonly apiVersion: string },
  custom: CustomForm,
): ObjectForm {
  return {
    ...type,
    get schema() {
      return custom.schema();
    },
    custom,
    decode: (value) => {
      const draft = cloneJson(plainNumbers(value ?? {})) as Record<string, unknown>;
      const { unknown, error } = custom.coerce(draft, 'refuse');
      return { value: draft, problems: unknown.map((path) => `unknown field "${path}"`), error };
    },
    complete: (draft) => {
      custom.setDefaults(draft);
      return inOrder({ ...type, ...draft });
    },
    canonical: (object) => inOrder(object as unknown as Members),
  };
}

/** What is stored of a custom object, as it is served: the schema may have changed since. `stored` stays as it is. */
export function readStored(custom: CustomForm, stored: KubernetesObject): KubernetesObject {
  const draft = cloneJson(stored) as Record<string, unknown>;
  custom.coerce(draft, 'drop');
  custom.setDefaults(draft);
  const object = inOrder(draft);
  if (object.metadata.generation) return object;
  return inOrder({ ...object, metadata: { ...object.metadata, generation: 1 } });
}

function inOrder(members: Members): KubernetesObject {
  const metadata = decodeObject(structOf('meta/v1.ObjectMeta'), members['metadata'] ?? {}).value;
  if (metadata['creationTimestamp'] === null) delete metadata['creationTimestamp'];
  return sortMembers({ ...members, metadata }) as KubernetesObject;
}
