/** Groups of the Kubernetes community are not for everyone: their definitions say who approved them. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';

const annotation = 'api-approved.kubernetes.io';
const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
const path = Path.of('metadata', 'annotations').key(annotation);

/** Definitions may stay as they are. */
export function approvalErrors(
  object: CustomResourceDefinition,
  stored: CustomResourceDefinition | undefined,
): FieldError[] {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(object.spec.group)) return [];
  const state = stateOf(object);
  if (stored && stateOf(stored) === state) return [];
  const needed = `protected groups must have approval annotation "${annotation}"`;
  if (state === 'missing') return [required(path, `${needed}, ${see}`)];
  if (state !== 'invalid') return [];
  const detail = `${needed} with either a URL or a reason starting with "unapproved", ${see}`;
  return [invalid(path, object.metadata.annotations?.[annotation] ?? '', detail)];
}

function stateOf({ metadata }: CustomResourceDefinition): string {
  const text = metadata.annotations?.[annotation] ?? '';
  if (text === '') return 'missing';
  if (text.startsWith('unapproved')) return 'bypassed';
  return /^[a-zA-Z][-+.a-zA-Z0-9]*:\/\/[^/?#\s]+\S*$/.test(text) ? 'approved' : 'invalid';
}
