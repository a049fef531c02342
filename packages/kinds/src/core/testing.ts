/** What tests of core kinds need: objects as they are after a client has sent them. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { decodeObject } from '@navarch/api/schema/decode';
import { applyStaticDefaults } from '@navarch/api/schema/default';
import { structOf } from '@navarch/api/schema/registry';
import type { Draft } from '@navarch/api/types/scalars';

/** Decoded, and with its defaults. */
export function submitted(definition: ResourceDefinition, value: object): KubernetesObject {
  const schema = structOf(definition.schema);
  // What decoding fills in may be shared and frozen; defaults are set on a copy, as the registry does.
  const draft = structuredClone(decodeObject(schema, value).value);
  applyStaticDefaults(schema, draft);
  definition.setDefaults?.(draft as unknown as Draft<KubernetesObject>);
  return decodeObject(schema, draft).value as unknown as KubernetesObject;
}
