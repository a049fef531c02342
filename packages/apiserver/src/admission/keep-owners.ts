/** Admission may change who owns which fields, but not so that nobody can read it any more: then the owners stay as they were. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { managedFieldsProblem } from '@navarch/api/managed-fields/check';

export function keepOwners(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  context: RequestContext,
): KubernetesObject | undefined {
  const managedFields = before?.metadata.managedFields;
  const left = after?.metadata.managedFields;
  if (!after || !left || left === managedFields) return after;
  const problem = managedFieldsProblem(left);
  if (problem === undefined) return after;
  context.warn(
    `.metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: ${problem}`,
  );
  const { managedFields: _, ...metadata } = after.metadata;
  return { ...after, metadata: managedFields ? { ...metadata, managedFields } : metadata };
}
