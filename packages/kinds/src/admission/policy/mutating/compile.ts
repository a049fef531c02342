/** Mutating admission policies with their expressions compiled. */
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  Mutation,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { AdmissionExpressions, Expression } from '../../../cel/admission-expressions.ts';
import { listOf } from '../../../nil.ts';
import {
  type CompiledBinding,
  type CompiledPolicy,
  compilePolicy,
  expressionsOf,
} from '../compile.ts';

export interface MutatingPolicy extends CompiledPolicy<MutatingAdmissionPolicy> {
  /** Made one after another. */
  readonly mutations: readonly CompiledMutation[];
  /** Whether it is asked again when something changes the object after it. */
  readonly isReinvoked: boolean;
}

export interface CompiledMutation {
  readonly patchType: Mutation['patchType'];
  readonly expression: Expression;
}

export type MutatingBinding = CompiledBinding<MutatingAdmissionPolicyBinding>;

export function compileMutatingPolicy(source: MutatingAdmissionPolicy): MutatingPolicy {
  const policy = compilePolicy(source);
  const expressions = expressionsOf(policy, { makesPatches: true });
  return {
    ...policy,
    mutations: listOf(source.spec.mutations).map((each) => compileMutation(each, expressions)),
    isReinvoked: source.spec.reinvocationPolicy === 'IfNeeded',
  };
}

function compileMutation(
  { patchType, applyConfiguration, jsonPatch }: Mutation,
  expressions: AdmissionExpressions,
): CompiledMutation {
  const expression =
    patchType === 'JSONPatch'
      ? expressions.compile(jsonPatch?.expression ?? '', 'jsonPatch')
      : expressions.compile(applyConfiguration?.expression ?? '', 'applyConfiguration');
  return { patchType, expression };
}
