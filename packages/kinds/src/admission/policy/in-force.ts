/** The policies that some binding puts in force. What did not change is not compiled again. */
import type { ObjectReader } from '@navarch/api/extension/context';
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import {
  compileBinding,
  compilePolicy,
  type CompiledBinding,
  type CompiledPolicy,
} from './compile.ts';

const group = 'admissionregistration.k8s.io';
const policies = { group, resource: 'validatingadmissionpolicies' };
const bindings = { group, resource: 'validatingadmissionpolicybindings' };

export interface PolicyInForce {
  readonly policy: CompiledPolicy;
  readonly bindings: readonly CompiledBinding[];
}

interface Known {
  readonly policyVersion: number;
  readonly bindingVersion: number;
  readonly inForce: readonly PolicyInForce[];
}

const knownByReader = new WeakMap<ObjectReader, Known>();
/** Objects are frozen: the same object is the same policy. */
const compiledPolicies = new WeakMap<ValidatingAdmissionPolicy, CompiledPolicy>();

/** By name. Costs next to nothing while nothing changes. */
export function policiesInForce(read: ObjectReader): readonly PolicyInForce[] {
  const policyVersion = read.version(policies);
  const bindingVersion = read.version(bindings);
  const known = knownByReader.get(read);
  if (known?.policyVersion === policyVersion && known.bindingVersion === bindingVersion) {
    return known.inForce;
  }
  const inForce = join(
    read.list<ValidatingAdmissionPolicy>(policies, ''),
    read.list<ValidatingAdmissionPolicyBinding>(bindings, ''),
  );
  knownByReader.set(read, { policyVersion, bindingVersion, inForce });
  return inForce;
}

function join(
  all: readonly ValidatingAdmissionPolicy[],
  allBindings: readonly ValidatingAdmissionPolicyBinding[],
): readonly PolicyInForce[] {
  const byPolicy = Map.groupBy(allBindings, ({ spec }) => spec.policyName);
  return all
    .flatMap((source) => {
      const own = byPolicy.get(source.metadata.name) ?? [];
      if (own.length === 0) return [];
      return [{ policy: compiled(source), bindings: own.map(compileBinding).toSorted(byName) }];
    })
    .toSorted((a, b) => byName(a.policy, b.policy));
}

function compiled(source: ValidatingAdmissionPolicy): CompiledPolicy {
  let policy = compiledPolicies.get(source);
  if (!policy) {
    policy = compilePolicy(source);
    compiledPolicies.set(source, policy);
  }
  return policy;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
