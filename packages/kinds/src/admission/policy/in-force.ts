/** The policies that some binding puts in force. What did not change is not compiled again. */
import type { ObjectReader } from '@navarch/api/extension/context';
import {
  type BindingSource,
  compileBinding,
  type CompiledBinding,
  type CompiledPolicy,
  type PolicySource,
} from './compile.ts';

const group = 'admissionregistration.k8s.io';

export interface PolicyInForce<
  P extends CompiledPolicy = CompiledPolicy,
  B extends BindingSource = BindingSource,
> {
  readonly policy: P;
  readonly bindings: readonly CompiledBinding<B>[];
}

/** Where policies of one kind are found, and how they are compiled. */
export interface PolicyKind<S extends PolicySource, P extends CompiledPolicy<S>> {
  readonly policies: string;
  readonly bindings: string;
  readonly compile: (source: S) => P;
}

interface Known<P extends CompiledPolicy, B extends BindingSource> {
  readonly policyVersion: number;
  readonly bindingVersion: number;
  readonly inForce: readonly PolicyInForce<P, B>[];
}

/** Answers by name. Asking costs next to nothing while nothing changes. */
export function policySource<
  S extends PolicySource,
  B extends BindingSource,
  P extends CompiledPolicy<S>,
>({
  compile,
  ...resources
}: PolicyKind<S, P>): (read: ObjectReader) => readonly PolicyInForce<P, B>[] {
  const policies = { group, resource: resources.policies };
  const bindings = { group, resource: resources.bindings };
  const knownByReader = new WeakMap<ObjectReader, Known<P, B>>();
  /** Objects are frozen: the same object is the same policy. */
  const compiledPolicies = new WeakMap<S, P>();
  const compiled = (source: S): P => {
    let policy = compiledPolicies.get(source);
    if (!policy) {
      policy = compile(source);
      compiledPolicies.set(source, policy);
    }
    return policy;
  };
  return (read) => {
    const policyVersion = read.version(policies);
    const bindingVersion = read.version(bindings);
    const known = knownByReader.get(read);
    if (known?.policyVersion === policyVersion && known.bindingVersion === bindingVersion) {
      return known.inForce;
    }
    const inForce = join(read.list<S>(policies, ''), read.list<B>(bindings, ''), compiled);
    knownByReader.set(read, { policyVersion, bindingVersion, inForce });
    return inForce;
  };
}

function join<S extends PolicySource, B extends BindingSource, P extends CompiledPolicy<S>>(
  all: readonly S[],
  allBindings: readonly B[],
  compiled: (source: S) => P,
): readonly PolicyInForce<P, B>[] {
  const byPolicy = Map.groupBy(allBindings, ({ spec }) => spec.policyName);
  return all
    .flatMap((source) => {
      const own = byPolicy.get(source.metadata.name) ?? [];
      if (own.length === 0) return [];
      const bindings = own.map((binding) => compileBinding(binding)).toSorted(byName);
      return [{ policy: compiled(source), bindings }];
    })
    .toSorted((a, b) => byName(a.policy, b.policy));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
