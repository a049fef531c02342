/**
 * What plugins see that look at objects in a version of their choice: webhooks and policies. All other plugins see what will be
 * stored, so nothing is converted until somebody asks.
 */
import type { AdmissionVersion, AdmissionVersions } from '@navarch/api/extension/admission';
import type { ServerServices } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Subresource } from '@navarch/api/extension/resource';
import { structOf } from '@navarch/api/schema/registry';
import type { StructSchema } from '@navarch/api/schema/schema';
import { withoutMetadata } from './connect-options.ts';
import { scaled, scaleOf, scaleSchema } from '../endpoints/scale-object.ts';
import { type ObjectForm, typedForm } from '../registry/object-form.ts';
import { convertAhead, fromStored, type Resource, toStored } from '../registry/resource.ts';

/** `resource` is the version that the client used. */
export function versionsOf(
  resource: Resource,
  subresource: Subresource | undefined,
  services: ServerServices,
): AdmissionVersions {
  return new RequestVersions(resource, subresource, services);
}

class RequestVersions implements AdmissionVersions {
  readonly #resource: Resource;
  readonly #subresource: Subresource | undefined;
  readonly #services: ServerServices;

  constructor(resource: Resource, subresource: Subresource | undefined, services: ServerServices) {
    this.#resource = resource;
    this.#subresource = subresource;
    this.#services = services;
  }

  get requested(): AdmissionVersion {
    return this.#describe(this.#resource);
  }

  served(): readonly AdmissionVersion[] {
    return [...this.#resource.versions.values()]
      .filter(({ definition }) => !definition.isHidden)
      .map((resource) => this.#describe(resource));
  }

  show(
    object: KubernetesObject,
    as: AdmissionVersion,
  ): KubernetesObject | Promise<KubernetesObject> {
    const subresource = this.#subresource;
    if (subresource?.type === 'connect') return withType(withoutMetadata(object), as);
    if (subresource?.type === 'action') return withType(object, as);
    const finish = (shown: KubernetesObject): KubernetesObject =>
      subresource?.type === 'scale' ? scaleOf(subresource, shown).value() : withType(shown, as);
    const shown = this.#between(this.#resource.ruled, this.#find(as), object);
    return shown instanceof Promise ? shown.then(finish) : finish(shown);
  }

  schema(as: AdmissionVersion): StructSchema | undefined {
    const subresource = this.#subresource;
    if (subresource?.type === 'connect') return undefined;
    if (subresource?.type === 'action') return structOf(subresource.schema);
    if (subresource?.type === 'scale') return structOf(scaleSchema);
    return this.#find(as).form.schema;
  }

  take(
    value: unknown,
    as: AdmissionVersion,
    instead: KubernetesObject,
  ): KubernetesObject | Promise<KubernetesObject> {
    const subresource = this.#subresource;
    if (subresource?.type === 'action') {
      return read(typedForm(structOf(subresource.schema), subresource.setDefaults), value);
    }
    if (subresource?.type === 'scale') {
      return scaled(subresource, instead, read(typedForm(structOf(scaleSchema)), value));
    }
    const resource = this.#find(as);
    return this.#between(resource, this.#resource.ruled, read(resource.form, value));
  }

  /** By way of the stored version. A promise only where a webhook converts. */
  #between(
    from: Resource,
    to: Resource,
    object: KubernetesObject,
  ): KubernetesObject | Promise<KubernetesObject> {
    if (from === to) return object;
    if (from.definition.viewOf?.ahead ?? to.definition.viewOf?.ahead) {
      return this.#betweenAhead(from, to, object);
    }
    return fromStored(to, toStored(from, object));
  }

  async #betweenAhead(
    from: Resource,
    to: Resource,
    object: KubernetesObject,
  ): Promise<KubernetesObject> {
    await convertAhead(from, object, 'stored', this.#services);
    const stored = toStored(from, object);
    await convertAhead(to, stored, 'served', this.#services);
    return fromStored(to, stored);
  }

  #find({ resource: { group, version } }: AdmissionVersion): Resource {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return this.#resource.versions.get(apiVersion) ?? this.#resource;
  }

  #describe({ definition, kind }: Resource): AdmissionVersion {
    const { group, version, plural } = definition;
    const isAnother = this.#subresource !== undefined && this.#subresource.type !== 'object';
    return {
      kind: isAnother ? this.#subresource.kind : kind,
      resource: { group, version, resource: plural },
    };
  }
}

function read(form: ObjectForm, value: unknown): KubernetesObject {
  const decoded = form.decode(value);
  if (decoded.error !== undefined) throw new Error(decoded.error);
  return form.complete(decoded.value);
}

/** Kind and version are what the request says, whether or not the object repeats them. */
function withType(object: KubernetesObject, { kind }: AdmissionVersion): KubernetesObject {
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  if (object.kind === kind.kind && object.apiVersion === apiVersion) return object;
  return { ...object, kind: kind.kind, apiVersion };
}
