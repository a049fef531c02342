/** What holds for a replica set. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import { allNonNegative, unchanged } from '../../checks.ts';
import { replicaSetTemplate, requiredSelector } from '../validate-template.ts';
import { workloadWarnings } from '../warnings.ts';

const path = Path.of('spec');

export const replicaSetWarnings = workloadWarnings;

export function validateReplicaSet({ spec }: ReplicaSet): FieldError[] {
  const text = 'empty selector is invalid for deployment';
  return [
    ...allNonNegative(spec, ['replicas', 'minReadySeconds'], path),
    ...requiredSelector(spec.selector, text, path.child('selector')),
    ...replicaSetTemplate(spec.selector, spec.template, path),
  ];
}

export function validateReplicaSetUpdate(object: ReplicaSet, stored: ReplicaSet): FieldError[] {
  const errors = validateReplicaSet(object);
  return [
    ...errors,
    // Upstream checks twice on update; the message says each error once, the list of causes twice.
    ...errors,
    ...unchanged(object.spec.selector, stored.spec.selector, path.child('selector')),
  ];
}

interface ReplicaCounts {
  readonly replicas: number;
  readonly fullyLabeledReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  /** Replica sets only. */
  readonly terminatingReplicas?: number;
}

export function validateReplicaSetStatusUpdate({ status }: ReplicaSet): FieldError[] {
  return replicaCountErrors(status ?? { replicas: 0 });
}

/** Shared with replication controllers. */
export function replicaCountErrors(status: ReplicaCounts): FieldError[] {
  const at = Path.of('status');
  const names = [
    'replicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
    'terminatingReplicas',
    'observedGeneration',
  ] as const;
  const errors = allNonNegative<(typeof names)[number]>(status, names, at);
  const { replicas, readyReplicas = 0, availableReplicas = 0 } = status;
  for (const name of ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const) {
    const value = status[name] ?? 0;
    if (value <= replicas) continue;
    errors.push(invalid(at.child(name), value, 'cannot be greater than status.replicas'));
  }
  if (availableReplicas > readyReplicas) {
    const available = at.child('availableReplicas');
    errors.push(invalid(available, availableReplicas, 'cannot be greater than readyReplicas'));
  }
  return errors;
}
