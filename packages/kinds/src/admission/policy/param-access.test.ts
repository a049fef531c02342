import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { admit, creation, fakeContext, type FakeRequest } from '../../testing.ts';
import { paramAccess } from './param-access.ts';

const group = 'admissionregistration.k8s.io';
const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
const paramRef = { name: 'limits', namespace: 'n', parameterNotFoundAction: 'Deny' };

function written(kind: string, spec: object): KubernetesObject {
  return { kind, apiVersion: `${group}/v1`, metadata: { name: 'x' }, spec } as KubernetesObject;
}

const policy = written('ValidatingAdmissionPolicy', { paramKind });
const binding = written('MutatingAdmissionPolicyBinding', { policyName: 'x', paramRef });
const who = '&{ann  [system:authenticated] map[]}';

const cases: readonly {
  readonly name: string;
  readonly object: KubernetesObject;
  readonly plural: string;
  readonly request?: FakeRequest;
  readonly old?: KubernetesObject;
  readonly refused?: string;
}[] = [
  {
    name: 'a policy with parameters that its writer may not read',
    object: policy,
    plural: 'validatingadmissionpolicies',
    refused: `ValidatingAdmissionPolicy.${group} "x" is invalid: spec.paramKind: Forbidden: user ${who} must have "get" permission on all objects of the referenced paramKind (kind=ConfigMap, apiVersion=v1)`,
  },
  {
    name: 'a policy with parameters that its writer may read',
    object: policy,
    plural: 'validatingadmissionpolicies',
    request: { allowedVerbs: ['get'] },
  },
  {
    name: 'a policy that has had the same parameters before',
    object: policy,
    old: policy,
    plural: 'validatingadmissionpolicies',
  },
  {
    name: 'a policy without parameters',
    object: written('MutatingAdmissionPolicy', {}),
    plural: 'mutatingadmissionpolicies',
  },
  {
    name: 'a binding to a parameter that its writer may not read',
    object: binding,
    plural: 'mutatingadmissionpolicybindings',
    refused: `MutatingAdmissionPolicyBinding.${group} "x" is invalid: spec.paramRef: Forbidden: user ${who} does not have "get" permission on the object referenced by paramRef`,
  },
  {
    name: 'a binding to all that a selector selects',
    object: written('ValidatingAdmissionPolicyBinding', {
      policyName: 'x',
      paramRef: { selector: {} },
    }),
    plural: 'validatingadmissionpolicybindings',
    request: { allowedVerbs: ['get'] },
    refused: `ValidatingAdmissionPolicyBinding.${group} "x" is invalid: spec.paramRef: Forbidden: user ${who} does not have "list" permission on the object referenced by paramRef`,
  },
  {
    name: 'whoever may do anything',
    object: binding,
    plural: 'mutatingadmissionpolicybindings',
    request: { groups: ['system:masters'] },
  },
];

for (const { name, object, plural, request, old, refused } of cases) {
  test(name, async () => {
    const attributes = creation({ group, resource: plural }, object, {
      ...(old && { operation: 'UPDATE', oldObject: old }),
    });
    assert.equal(await admit(paramAccess, attributes, fakeContext(request)), refused ?? object);
  });
}
