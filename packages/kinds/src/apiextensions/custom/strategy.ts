/** What writes of custom objects may change: all but status counts as a new generation, unless it is metadata. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectSubresource, ResourceDefinition } from '@navarch/api/extension/resource';
import { sameJson } from '@navarch/api/managed-fields/compare';
import { nextGeneration, withGeneration, withMember } from '../../strategy.ts';

interface WithStatus extends KubernetesObject {
  readonly status?: unknown;
}

type Strategy = Pick<
  ResourceDefinition,
  'prepareForCreate' | 'prepareForUpdate' | 'resetFields' | 'warnings'
>;

export function strategyOf(hasStatus: boolean): Strategy {
  const keepStatus = (object: WithStatus, status: unknown): WithStatus =>
    hasStatus ? withMember(object, 'status', status) : object;
  return {
    ...(hasStatus && { resetFields: ['status'] }),
    prepareForCreate: (submitted) => withGeneration(keepStatus(submitted, undefined), 1),
    prepareForUpdate(submitted, stored) {
      const kept = keepStatus(submitted, (stored as WithStatus).status);
      return isSameBesidesMetadata(kept, stored) ? kept : nextGeneration(kept, stored);
    },
    warnings: (object, stored) => finalizerWarnings(object, stored),
  };
}

function isSameBesidesMetadata(a: KubernetesObject, b: KubernetesObject): boolean {
  const { metadata: _, ...left } = a;
  const { metadata: __, ...right } = b;
  return sameJson(left, right);
}

type StatusRules = Pick<ObjectSubresource<KubernetesObject>, 'validateUpdate'>;

export function statusOf(
  kind: { readonly group: string; readonly version: string; readonly kind: string },
  rules: StatusRules,
): ObjectSubresource<KubernetesObject> {
  return {
    type: 'object',
    name: 'status',
    kind,
    verbs: ['get', 'patch', 'update'],
    resetFields: ['spec', 'metadata'],
    prepareForUpdate(submitted: WithStatus, stored) {
      const { managedFields } = submitted.metadata;
      const metadata = withMember(stored.metadata, 'managedFields', managedFields);
      const { resourceVersion } = submitted.metadata;
      const versioned = withMember(metadata, 'resourceVersion', resourceVersion);
      const kept: WithStatus = { ...stored, metadata: versioned };
      return withMember(kept, 'status', submitted.status);
    },
    warnings: (object, stored) => finalizerWarnings(object, stored),
    ...rules,
  };
}

const standardFinalizers: ReadonlySet<string> = new Set([
  'orphan',
  'foregroundDeletion',
  'kubernetes',
]);

/** Finalizers that nobody can tell whose they are. */
function finalizerWarnings(
  object: KubernetesObject,
  stored: KubernetesObject | undefined,
): readonly string[] {
  const before = new Set(stored?.metadata.finalizers);
  const added = (object.metadata.finalizers ?? []).filter((name) => !before.has(name));
  return [...new Set(added)]
    .sort()
    .filter((name) => !name.includes('/') && !standardFinalizers.has(name))
    .map(
      (name) =>
        `metadata.finalizers: ${JSON.stringify(name)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers`,
    );
}
