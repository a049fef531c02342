/** From a definition to what is served of it: one resource per served version, one of which is the stored one. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { apiVersionOf } from '@navarch/api/extension/object';
import type { CustomForm } from '@navarch/api/extension/custom';
import type { ResourceDefinition, ResourceView, Verb } from '@navarch/api/extension/resource';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionVersion,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { fromOtherVersions, webhookConversions, webhookOf } from '../conversion/webhook-view.ts';
import { deprecationOf } from './deprecation.ts';
import { formOf } from './form.ts';
import { selectableFieldsOf } from './selectable.ts';
import { scaleOf } from './scale.ts';
import { statusOf, strategyOf } from './strategy.ts';
import { tableOf } from './columns.ts';
import { rulesOf } from './rules.ts';

/** In upstream's order, which discovery shows. */
const verbs: readonly Verb[] = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

/** Under the names that were accepted. The stored version comes first; it is hidden when it is not served. */
export function customResources(crd: CustomResourceDefinition): readonly ResourceDefinition[] {
  const storage = crd.spec.versions.find((version) => version.storage);
  if (!storage) return [];
  const stored = resourceOf(crd, storage);
  const views = crd.spec.versions
    .filter((version) => version.served && version !== storage)
    .map((version) => viewOf(crd, version, stored));
  return [storage.served ? stored : { ...stored, isHidden: true }, ...views];
}

function resourceOf(
  crd: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
): ResourceDefinition & { readonly custom: CustomForm } {
  const { group, scope } = crd.spec;
  const { plural, kind, singular = '', shortNames, categories } = namesOf(crd);
  const type = { group, version: version.name, kind };
  const schema: JSONSchemaProps = version.schema?.openAPIV3Schema ?? {};
  const preserveUnknownFields = crd.spec.preserveUnknownFields === true;
  const { status, scale } = version.subresources ?? {};
  const rules = rulesOf({ schema, scale });
  const selectable = selectableFieldsOf(version.selectableFields ?? []);
  const deprecationWarning = deprecationOf(crd.spec, version);
  const webhook = webhookOf(crd);
  return {
    ...type,
    plural,
    singular,
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    verbs,
    schema: `${group}/${version.name}.${kind}`,
    custom: {
      ...formOf(type, { schema, preserveUnknownFields, identity: identityOf(crd, version) }),
      ...(webhook && { fromOther: fromOtherVersions(webhook, apiVersionOf(type)) }),
    },
    ...(deprecationWarning !== undefined && { deprecationWarning }),
    ...(crd.metadata.deletionTimestamp !== undefined && { refusesCreate: terminating }),
    storagePrefix: `${group}/${plural}`,
    requireResourceVersion: true,
    allowsAnyFinalizer: true,
    ...strategyOf(status !== undefined),
    ...rules.object,
    ...selectable,
    table: tableOf(version.additionalPrinterColumns),
    subresources: [
      ...(status ? [statusOf(type, rules.status)] : []),
      ...(scale ? [scaleOf(scale)] : []),
    ],
  };
}

function identityOf(
  { metadata }: CustomResourceDefinition,
  { name }: CustomResourceDefinitionVersion,
): string {
  return `${metadata.uid}/${metadata.generation}/${name}`;
}

const terminating = 'create not allowed while custom resource definition is terminating';

/** The names that other definitions agree to. */
function namesOf({ spec, status }: CustomResourceDefinition) {
  const accepted = status?.acceptedNames;
  return accepted && accepted.plural !== '' ? accepted : spec.names;
}

function viewOf(
  crd: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
  stored: ResourceDefinition & { readonly custom: CustomForm },
): ResourceDefinition {
  const definition = resourceOf(crd, version);
  const { group, version: name, plural } = stored;
  const view: ResourceView<KubernetesObject> = {
    group,
    version: name,
    plural,
    ...conversionsOf(crd, stored, definition),
  };
  return { ...definition, viewOf: view };
}

function conversionsOf(
  crd: CustomResourceDefinition,
  stored: ResourceDefinition & { readonly custom: CustomForm },
  served: ResourceDefinition & { readonly custom: CustomForm },
): Pick<ResourceView<KubernetesObject>, 'ahead' | 'fromStored' | 'toStored'> {
  const webhook = webhookOf(crd);
  if (webhook) return webhookConversions(webhook, stored, served);
  return {
    toStored: (object) => convert(object, apiVersionOf(stored), stored.custom),
    fromStored: (object) => convert(object, apiVersionOf(served), served.custom),
  };
}

/** Without a webhook nothing changes but the version, and what the version's schema does not have. */
function convert(object: KubernetesObject, apiVersion: string, form: CustomForm): KubernetesObject {
  const draft = structuredClone({ ...object, apiVersion }) as unknown as Record<string, unknown>;
  form.coerce(draft, 'drop');
  return draft as unknown as KubernetesObject;
}
