/** A served resource: its definition with everything that can be worked out once instead of per request. */
import type { ServerServices } from '@navarch/api/extension/context';
import {
  apiVersionOf,
  type GroupVersionKind,
  type KubernetesObject,
} from '@navarch/api/extension/object';
import type { ResourceDefinition, Verb } from '@navarch/api/extension/resource';
import { isDns1123Subdomain } from '@navarch/api/names';
import type { OtherVersion } from '@navarch/api/patch/apply/versions';
import { structOf } from '@navarch/api/schema/registry';
import type { GroupKind, GroupResource } from '@navarch/api/status';
import type { AdmissionChain } from '../admission/chain.ts';
import type { Encoded } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import { plain, type Presentation } from '../watch-cache/event.ts';
import { customForm, type ObjectForm, typedForm } from './object-form.ts';
import type { Storage } from './storage.ts';
import { customPresentation, viewPresentation } from './view.ts';

export interface Resource {
  readonly definition: ResourceDefinition;
  readonly apiVersion: string;
  readonly kind: GroupVersionKind;
  readonly groupResource: GroupResource;
  readonly groupKind: GroupKind;
  readonly isNamespaced: boolean;
  readonly form: ObjectForm;
  readonly nameRule: (name: string) => readonly string[];
  readonly verbs: ReadonlySet<Verb>;
  /** Numbers of the selectable fields. */
  readonly fieldNumbers: ReadonlyMap<string, number>;
  /** What it is stored as: itself, unless it is a view. */
  readonly stored: Resource;
  /** Whose rules its writes follow, and whose admission: those of the stored version, but custom kinds have rules per version. */
  readonly ruled: Resource;
  /** All versions of it that are served, itself among them, by apiVersion. Shared by them, and changed as they come and go. */
  readonly versions: Map<string, Resource>;
  /** Undefined for resources that are computed. */
  readonly storage: Storage | undefined;
  readonly admission: AdmissionChain;
  /** How entries look in this version. */
  readonly presentation: Presentation;
}

export function describeResource(
  definition: ResourceDefinition,
  parts: {
    readonly storage: Storage | undefined;
    readonly admission: AdmissionChain;
    /** Of a view, what it is a view of. */
    readonly stored: Resource | undefined;
    readonly services: ServerServices;
  },
): Resource {
  const { group, version, kind, plural } = definition;
  const resource = {
    definition,
    apiVersion: apiVersionOf(definition),
    kind: { group, version, kind },
    groupResource: { group, resource: plural },
    groupKind: { group, kind },
    isNamespaced: definition.scope === 'Namespaced',
    form: formOf(definition),
    nameRule: definition.validateName ?? isDns1123Subdomain,
    verbs: new Set(definition.verbs),
    fieldNumbers: fieldNumbersOf(definition),
    versions: parts.stored?.versions ?? new Map<string, Resource>(),
    storage: parts.storage,
    admission: parts.admission,
    presentation: presentationOf(definition, parts.stored?.definition, parts.services),
  };
  // A stored resource refers to itself, which no literal can say.
  const self: Resource = {
    ...resource,
    get stored() {
      return parts.stored ?? self;
    },
    get ruled() {
      return definition.custom ? self : self.stored;
    },
  };
  self.versions.set(self.apiVersion, self);
  return self;
}

function formOf({ custom, schema, setDefaults, ...type }: ResourceDefinition): ObjectForm {
  if (custom) return customForm({ kind: type.kind, apiVersion: apiVersionOf(type) }, custom);
  return typedForm(structOf(schema), setDefaults);
}

function presentationOf(
  definition: ResourceDefinition,
  stored: ResourceDefinition | undefined,
  services: ServerServices,
): Presentation {
  const custom = stored?.custom ?? definition.custom;
  if (custom) return customPresentation(custom, definition, services);
  return definition.viewOf ? viewPresentation(definition) : plain;
}

/** Views number their own fields after those of what they are a view of: one shape serves all. */
function fieldNumbersOf(definition: ResourceDefinition): ReadonlyMap<string, number> {
  const names = Object.keys(definition.selectableFields ?? {});
  return new Map(names.map((name, number) => [name, number]));
}

/** An entry as this version shows it. */
export function present(resource: Resource, entry: Entry): Encoded {
  return resource.presentation.present(entry);
}

/** An entry's value as this version shows it. */
export function valueOf(resource: Resource, entry: Entry): KubernetesObject {
  return present(resource, entry).value();
}

/** Before this resolves, a webhook is still converting the entry. Undefined when nobody has to wait. */
export function readyOf(resource: Resource, entry: Entry): Promise<void> | undefined {
  return present(resource, entry).ready?.();
}

/** The same for an object that is about to be converted. */
export function convertAhead(
  resource: Resource,
  object: KubernetesObject,
  to: 'stored' | 'served',
  services: ServerServices,
): Promise<void> | undefined {
  return resource.definition.viewOf?.ahead?.([object], to, services);
}

/** Between this version and another one of its group; undefined when that is not served. */
export function inVersion(resource: Resource, apiVersion: string): OtherVersion | undefined {
  const other = resource.versions.get(apiVersion);
  if (!other || other.definition.group !== resource.definition.group) return undefined;
  if (resource.definition.viewOf?.ahead ?? other.definition.viewOf?.ahead) {
    // Who owns a field is told by its path, and no webhook is asked about that.
    const as = (apiVersion: string) => (object: Readonly<Record<string, unknown>>) => ({
      ...object,
      apiVersion,
    });
    return { schema: other.form.schema, from: as(apiVersion), to: as(resource.apiVersion) };
  }
  return {
    schema: other.form.schema,
    from: (object) => ({ ...fromStored(other, toStored(resource, asObject(object))) }),
    to: (object) => ({ ...fromStored(resource, toStored(other, asObject(object))) }),
  };
}

function asObject(members: Readonly<Record<string, unknown>>): KubernetesObject {
  return members as unknown as KubernetesObject;
}

/** An object of this version, from what is stored of it. */
export function fromStored(resource: Resource, object: KubernetesObject): KubernetesObject {
  return resource.definition.viewOf?.fromStored(object) ?? object;
}

/** An object of this version as its rules want to see it. */
export function toRuled(resource: Resource, object: KubernetesObject): KubernetesObject {
  return resource.ruled === resource ? object : toStored(resource, object);
}

/** What is stored of an object that its rules have seen. */
export function fromRuled(resource: Resource, object: KubernetesObject): KubernetesObject {
  return resource.ruled === resource ? toStored(resource, object) : object;
}

/** What is stored of an object of this version. */
export function toStored(resource: Resource, object: KubernetesObject): KubernetesObject {
  const view = resource.definition.viewOf;
  return view ? view.toStored(object) : object;
}
