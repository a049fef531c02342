/** Validating admission policies with their expressions compiled. */
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { Expression } from '../../../cel/admission-expressions.ts';
import { listOf } from '../../../nil.ts';
import {
  type CompiledBinding,
  type CompiledPolicy,
  compilePolicy,
  expressionsOf,
  type NamedExpression,
} from '../compile.ts';

export interface ValidatingPolicy extends CompiledPolicy<ValidatingAdmissionPolicy> {
  readonly validations: readonly CompiledValidation[];
  /** By their keys. */
  readonly auditAnnotations: readonly NamedExpression[];
}

export interface CompiledValidation {
  readonly expression: Expression;
  readonly message: string;
  readonly messageExpression: Expression | undefined;
  readonly reason: string;
}

export type ValidatingBinding = CompiledBinding<ValidatingAdmissionPolicyBinding>;

export function compileValidatingPolicy(source: ValidatingAdmissionPolicy): ValidatingPolicy {
  const policy = compilePolicy(source);
  const expressions = expressionsOf(policy);
  return {
    ...policy,
    validations: listOf(source.spec.validations).map((validation) => ({
      expression: expressions.compile(validation.expression, 'bool'),
      message: (validation.message ?? '').trim(),
      messageExpression: validation.messageExpression
        ? expressions.compile(validation.messageExpression, 'string')
        : undefined,
      reason: validation.reason ?? 'Invalid',
    })),
    auditAnnotations: listOf(source.spec.auditAnnotations).map(({ key, valueExpression }) => ({
      name: key,
      expression: expressions.compile(valueExpression, 'stringOrNull'),
    })),
  };
}
