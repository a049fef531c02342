/** What holds for an autoscaler. Its metrics and behaviour are checked in part. TODO(correctness): check them in full. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isPathSegmentName } from '@navarch/api/names';
import type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
} from '@navarch/api/types/autoscaling/v2';
import { nonNegative } from '../checks.ts';

const path = Path.of('spec');

export function validateAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas } = spec;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1) {
    const detail = 'must be greater than or equal to 1';
    errors.push(invalid(path.child('minReplicas'), minReplicas, detail));
  }
  const at = path.child('maxReplicas');
  if (maxReplicas < 1) errors.push(invalid(at, maxReplicas, 'must be greater than 0'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    const detail = 'must be greater than or equal to `minReplicas`';
    errors.push(invalid(at, maxReplicas, detail));
  }
  return [...errors, ...referenceErrors(spec.scaleTargetRef, path.child('scaleTargetRef'))];
}

function referenceErrors({ kind, name }: CrossVersionObjectReference, at: Path): FieldError[] {
  return [...segmentErrors(kind, at.child('kind')), ...segmentErrors(name, at.child('name'))];
}

function segmentErrors(text: string, at: Path): FieldError[] {
  if (text === '') return [required(at)];
  return isPathSegmentName(text).map((detail) => invalid(at, text, detail));
}

export function validateAutoscalerStatus({ status }: HorizontalPodAutoscaler): FieldError[] {
  const at = Path.of('status');
  return [
    ...nonNegative(status?.currentReplicas, at.child('currentReplicas')),
    ...nonNegative(status?.desiredReplicas, at.child('desiredReplicas')),
  ];
}
