/**
 * The rules for what a write may change, for the many kinds with a spec that users own and a status that controllers own:
 * ordinary writes keep the stored status, status writes keep the stored spec, and a changed spec is a new generation.
 */
import { nextInteger } from '@navarch/api/int64';
import type { FieldError } from '@navarch/api/field-error';
import type { RequestContext } from '@navarch/api/extension/context';
import type { GroupVersionKind, KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectSubresource, ResourceDefinition } from '@navarch/api/extension/resource';
import type { Int64 } from '@navarch/api/types/scalars';
import { semanticallyEqual } from './equal.ts';

type Strategy<T extends KubernetesObject> = Pick<
  ResourceDefinition<T>,
  'prepareForCreate' | 'prepareForUpdate' | 'resetFields'
>;

interface WithSpec extends KubernetesObject {
  readonly spec?: unknown;
}

interface WithStatus extends WithSpec {
  readonly status?: unknown;
}

/** The object with another generation, at its place among the metadata. */
export function withGeneration<T extends KubernetesObject>(object: T, generation: Int64): T {
  if (object.metadata.generation === generation) return object;
  return { ...object, metadata: { ...object.metadata, generation } };
}

/** Generation 1 for a new object; one more when `changed` says that an update means something new. */
export function generations<T extends KubernetesObject>(
  changed: (submitted: T, stored: T) => boolean,
): Strategy<T> {
  return {
    prepareForCreate: (submitted) => withGeneration(submitted, 1),
    prepareForUpdate: (submitted, stored) =>
      changed(submitted, stored) ? nextGeneration(submitted, stored) : submitted,
  };
}

/** For kinds that have a spec and no status. */
export function specGenerations<T extends WithSpec>(): Strategy<T> {
  return generations<T>(specChanged);
}

export function specChanged(submitted: WithSpec, stored: WithSpec): boolean {
  return !semanticallyEqual(submitted.spec, stored.spec);
}

export function nextGeneration<T extends KubernetesObject>(submitted: T, stored: T): T {
  return withGeneration(submitted, nextInteger(stored.metadata.generation));
}

export interface SpecStatusRules<T extends WithStatus> {
  /** The status of a new object: whatever must be written even when it is zero. */
  readonly emptyStatus: NonNullable<T['status']>;
  /** When the generation goes up; 'never' for kinds that do not count. A changed spec when omitted. */
  readonly newGeneration?: 'never' | ((submitted: T, stored: T) => boolean);
}

/** Strategy of ordinary writes for a kind with spec and status. */
export function specAndStatus<T extends WithStatus>(rules: SpecStatusRules<T>): Strategy<T> {
  const { emptyStatus, newGeneration = specChanged } = rules;
  return {
    resetFields: ['status'],
    prepareForCreate(submitted) {
      const fresh = { ...submitted, status: emptyStatus };
      return newGeneration === 'never' ? fresh : withGeneration(fresh, 1);
    },
    prepareForUpdate(submitted, stored) {
      const kept = withMember(submitted, 'status', stored.status);
      if (newGeneration === 'never' || !newGeneration(kept, stored)) return kept;
      return nextGeneration(kept, stored);
    },
  };
}

/** Sets a top-level member, or takes it away when there is no value. */
export function withMember<T extends object>(object: T, name: keyof T, value: unknown): T {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _, ...rest } = object;
  // Only members that may be absent are ever taken away.
  return rest as T;
}

export interface StatusRules<T extends KubernetesObject> {
  /** Metadata that a status write keeps as stored: nothing, the labels, or all that users own. */
  readonly keepsMetadata?: 'labels' | 'all';
  readonly prepare?: (object: T, stored: T, context: RequestContext) => T;
  readonly validateUpdate?: (object: T, stored: T) => readonly FieldError[];
  readonly warnings?: (object: T, stored: T) => readonly string[];
}

/** The status subresource: everything but status stays as it is stored. */
export function statusSubresource<T extends WithStatus>(
  kind: GroupVersionKind,
  rules: StatusRules<T> = {},
): ObjectSubresource<T> {
  const { keepsMetadata, prepare, validateUpdate, warnings } = rules;
  return {
    type: 'object',
    name: 'status',
    kind,
    verbs: ['get', 'patch', 'update'],
    resetFields: resetByStatus(keepsMetadata),
    prepareForUpdate(submitted, stored, context) {
      const kept = keepMetadata(withMember(submitted, 'spec', stored.spec), stored, keepsMetadata);
      return prepare ? prepare(kept, stored, context) : kept;
    },
    ...(validateUpdate && { validateUpdate }),
    ...(warnings && { warnings }),
  };
}

function resetByStatus(keeps: StatusRules<KubernetesObject>['keepsMetadata']): readonly string[] {
  if (keeps === 'labels') return ['spec', 'metadata.labels'];
  return keeps === 'all' ? ['spec', 'metadata'] : ['spec'];
}

function keepMetadata<T extends KubernetesObject>(
  object: T,
  stored: T,
  keeps: StatusRules<T>['keepsMetadata'],
): T {
  if (keeps === undefined) return object;
  const { labels, annotations, finalizers, ownerReferences } = stored.metadata;
  let metadata = withMember(object.metadata, 'labels', labels);
  if (keeps === 'all') {
    metadata = withMember(metadata, 'annotations', annotations);
    metadata = withMember(metadata, 'finalizers', finalizers);
    metadata = withMember(metadata, 'ownerReferences', ownerReferences);
  }
  return { ...object, metadata };
}
