/** What every write knows of its request, and the few steps that all writes share. */
import type {
  AdmissionAttributes,
  AdmissionOperation,
  AdmissionVersions,
} from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { invalid as invalidField } from '@navarch/api/field-error';
import { isPathSegmentName } from '@navarch/api/names';
import { badRequest, invalid } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import type { ObjectMeta, OwnerReference } from '@navarch/api/types/meta/v1/object';
import type { Resource } from './resource.ts';

export interface Write {
  /** '' for cluster-scoped resources. */
  readonly namespace: string;
  readonly context: RequestContext;
  readonly dryRun: boolean;
  /** Undefined for the server's own writes, which pass no admission and own no fields. */
  readonly client: ClientWrite | undefined;
}

export interface ClientWrite {
  /** Who will own the fields that the write sets. */
  readonly manager: string;
  /** The new object comes with its managed fields: it was applied. */
  readonly ownersSettled?: boolean;
  /** As admission plugins see them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The versions of the resource, for admission plugins. */
  readonly versions?: AdmissionVersions;
}

export interface AdmissionStep {
  readonly operation: AdmissionOperation;
  readonly subresource: string;
  readonly name: string;
  readonly object: KubernetesObject | undefined;
  readonly oldObject: KubernetesObject | undefined;
}

export function attributesOf(
  resource: Resource,
  write: Write,
  step: AdmissionStep,
): AdmissionAttributes {
  const { group, version, plural } = resource.definition;
  return {
    ...step,
    kind: resource.kind,
    resource: { group, version, resource: plural },
    namespace: write.namespace,
    options: write.client?.options ?? {},
    ...(write.client?.versions && { versions: write.client.versions }),
  };
}

/** Throws 400 for what can be no part of a key: what such a name asks for is nowhere. */
export function checkKeyName(name: string): void {
  const wrong = isPathSegmentName(name);
  if (wrong.length === 0) return;
  throw badRequest(`Name parameter invalid: ${goQuote(name)}: ${wrong.join(';')}`);
}

/** The object with the request's namespace; throws 400 when it names another one. */
export function inNamespace<T extends KubernetesObject>(
  resource: Resource,
  object: T,
  namespace: string,
): T {
  const given = object.metadata.namespace ?? '';
  const wanted = resource.isNamespaced ? namespace : '';
  if (given === wanted) return object;
  if (given !== '' && wanted !== '') throw badRequest(namespaceMismatch);
  const { namespace: _, ...metadata } = object.metadata;
  return withMetadata(object, wanted === '' ? metadata : { ...metadata, namespace: wanted });
}

const namespaceMismatch =
  'the namespace of the provided object does not match the namespace sent on the request';

export function withMetadata<T extends KubernetesObject>(object: T, metadata: ObjectMeta): T {
  return { ...object, metadata };
}

/** Of custom kinds any kind can be read; it is refused here. */
export function checkType({ form, groupKind }: Resource, object: KubernetesObject): void {
  if (!form.custom) return;
  const { kind = '', apiVersion = '', metadata } = object;
  const errors = [
    ...(kind === form.kind ? [] : [invalidField('kind', kind, `must be ${form.kind}`)]),
    ...(apiVersion === form.apiVersion
      ? []
      : [invalidField('apiVersion', apiVersion, `must be ${form.apiVersion}`)]),
  ];
  if (errors.length > 0) throw invalid({ ...groupKind, kind }, metadata.name ?? '', errors);
}

/**
 * Owners that are named more than once are kept once, and the client is told. As upstream, of what was posted or put as it was sent, and
 * of every write again when admission has seen it; the latter's text speaks of admission, whoever repeated them.
 */
export function withoutRepeatedOwners(
  object: KubernetesObject,
  context: RequestContext,
  seen: 'sent' | 'settled',
): KubernetesObject {
  const owners = object.metadata.ownerReferences;
  if (!owners || owners.length < 2) return object;
  const known = new Set<string>();
  const repeated: string[] = [];
  const kept: OwnerReference[] = [];
  for (const owner of owners) {
    const identity = JSON.stringify(owner);
    if (known.has(identity)) repeated.push(owner.uid);
    else kept.push(owner);
    known.add(identity);
  }
  if (repeated.length === 0) return object;
  context.warn(repeatedOwnersText(repeated, seen));
  return withMetadata(object, { ...object.metadata, ownerReferences: kept });
}

function repeatedOwnersText(uids: readonly string[], seen: 'sent' | 'settled'): string {
  const when = seen === 'settled' ? ' after mutating admission happens' : '';
  return `.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${uids.join(', ')}`;
}

/**
 * What every write ends with: properties in their usual order, so that equal objects are equal byte for byte, and what upstream's
 * storage makes of empty lists. Dry runs are encoded and decoded as what is stored is.
 */
export function canonical(
  resource: Resource,
  object: KubernetesObject,
  options: { readonly asStored: boolean },
): KubernetesObject {
  return resource.form.canonical(object, options);
}
