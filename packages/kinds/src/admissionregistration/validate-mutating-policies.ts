/** What holds for mutating admission policies and their bindings. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  Mutation,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { Output } from '../cel/admission-expressions.ts';
import { requiredOneOf } from '../checks.ts';
import { listOf } from '../nil.ts';
import { expressionErrors } from './validate-match.ts';
import { PolicyScope, validateBindingSpec, validatePolicySpec } from './validate-policies.ts';

/** What is deleted cannot be changed. */
const operations = ['*', 'CONNECT', 'CREATE', 'UPDATE'];
const patchTypes = ['ApplyConfiguration', 'JSONPatch'];
const reinvocationPolicies = ['IfNeeded', 'Never'];

export function validatePolicy({ spec }: MutatingAdmissionPolicy): FieldError[] {
  const path = Path.of('spec');
  const scope = new PolicyScope(spec, operations);
  const mutations = listOf(spec.mutations);
  const at = path.child('mutations');
  const reinvocationAt = path.child('reinvocationPolicy');
  return [
    ...validatePolicySpec(spec, scope),
    ...(mutations.length === 0 ? [required(at, 'mutations must contain at least one item')] : []),
    ...mutations.flatMap((mutation, i) => validateMutation(mutation, at.index(i), scope)),
    ...requiredOneOf(spec.reinvocationPolicy, reinvocationPolicies, reinvocationAt),
  ];
}

const members = { JSONPatch: 'jsonPatch', ApplyConfiguration: 'applyConfiguration' } as const;

function validateMutation(mutation: Mutation, path: Path, scope: PolicyScope): FieldError[] {
  const { patchType } = mutation;
  const errors = requiredOneOf(patchType, patchTypes, path.child('patchType'));
  if (errors.length > 0) return errors;
  const own = members[patchType];
  const other = own === 'jsonPatch' ? 'applyConfiguration' : 'jsonPatch';
  const expression = mutation[own]?.expression;
  if (!mutation[own]) {
    errors.push(required(path.child(own), `must be specified when patchType is ${patchType}`));
  } else {
    errors.push(...validateExpression(expression ?? '', own, path.child(own), scope));
  }
  if (mutation[other]) {
    const detail = `must not be specified when patchType is ${patchType}`;
    errors.push(invalid(path.child(other), `{${other}}`, detail));
  }
  return errors;
}

function validateExpression(
  expression: string,
  output: Output,
  path: Path,
  scope: PolicyScope,
): FieldError[] {
  const at = path.child('expression');
  const text = expression.trim();
  return text === '' ? [required(at)] : expressionErrors(scope.compilePatch(text, output), at);
}

export function validateBinding({ spec }: MutatingAdmissionPolicyBinding): FieldError[] {
  return validateBindingSpec(spec, operations);
}
