/** Groups of the Kubernetes community take only what it approved, or what says that it was not. */
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { Condition } from './conditions.ts';

const annotation = 'api-approved.kubernetes.io';
const seeAlso = 'see https://github.com/kubernetes/enhancements/pull/1111';

function isProtected(group: string): boolean {
  return ['k8s.io', 'kubernetes.io'].some((name) => group === name || group.endsWith(`.${name}`));
}

/** Undefined for groups that anybody may use. */
export function approvalCondition({
  spec,
  metadata,
}: CustomResourceDefinition): Condition | undefined {
  if (!isProtected(spec.group)) return undefined;
  const type = 'KubernetesAPIApprovalPolicyConformant';
  const text = metadata.annotations?.[annotation] ?? '';
  if (text === '') {
    const message = `protected groups must have approval annotation "${annotation}", ${seeAlso}`;
    return { type, status: 'False', reason: 'MissingAnnotation', message };
  }
  if (text.startsWith('unapproved')) {
    const message = `not approved: ${JSON.stringify(text)}`;
    return { type, status: 'False', reason: 'UnapprovedAnnotation', message };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.test(text)) {
    return { type, status: 'True', reason: 'ApprovedAnnotation', message: `approved in ${text}` };
  }
  const message = `protected groups must have approval annotation "${annotation}" with either a URL or a reason starting with "unapproved", ${seeAlso}`;
  return { type, status: 'False', reason: 'InvalidAnnotation', message };
}
