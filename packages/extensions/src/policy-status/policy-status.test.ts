/** What is said of policies in their status, by the server that serves them. Texts are upstream's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtinResources } from '@navarch/kinds/index';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { controllerParts, startTestServer, type TestServer } from '../testing.ts';
import { startPolicyStatus } from './start.ts';

const group = 'admissionregistration.k8s.io';
const policies = `/apis/${group}/v1/validatingadmissionpolicies`;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

const rule = (apiGroup: string, version: string, ...resources: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  apiVersions: [version],
  resources,
});

const deployments = rule('apps', 'v1', 'deployments');

function policy(name: string, rules: readonly Rule[], spec: object): object {
  const resourceRules = rules.map((each) => ({ ...each, operations: ['CREATE'] }));
  return {
    apiVersion: `${group}/v1`,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: { matchConstraints: { resourceRules }, ...spec },
  };
}

const validating = (...expressions: readonly string[]): object => ({
  validations: expressions.map((expression) => ({ expression })),
});

const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
};

async function world(): Promise<TestServer & { readonly lifetime: Lifetime }> {
  const server = await startTestServer();
  const parts = controllerParts(server);
  startPolicyStatus({ ...parts, builtIn: builtinResources });
  await server.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', widgets);
  await server.pass(200);
  return { ...server, lifetime: parts.lifetime };
}

interface Status {
  readonly observedGeneration?: number;
  readonly typeChecking?: {
    readonly expressionWarnings?: readonly {
      readonly fieldRef: string;
      readonly warning: string;
    }[];
  };
}

async function statusOf(server: TestServer, name: string): Promise<Status> {
  const { value } = await server.call('GET', `${policies}/${name}`);
  return value['status'] as Status;
}

const cases: readonly {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly spec: object;
  readonly warnings: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'what fits',
    rules: [deployments],
    spec: validating(
      "object.spec.replicas < 5 && object.metadata.labels['a'] == 'b' && !has(oldObject.spec.paused)",
      'object.metadata.creationTimestamp < timestamp("2030-01-01T00:00:00Z")',
    ),
    warnings: {},
  },
  {
    name: 'a field that one of the kinds has not',
    rules: [rule('apps', 'v1', 'replicasets', 'deployments')],
    spec: validating('object.spec.paused == true'),
    warnings: {
      'spec.validations[0].expression':
        "apps/v1, Kind=ReplicaSet: ERROR: <input>:1:12: undefined field 'paused'\n | object.spec.paused == true\n | ...........^\n",
    },
  },
  {
    name: 'a field that none has, in both expressions',
    rules: [rule('apps', 'v1', 'deployments', 'replicasets')],
    spec: {
      validations: [{ expression: 'object.replicas > 1', messageExpression: 'string(object.x)' }],
    },
    warnings: {
      'spec.validations[0].expression':
        "apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^\n\napps/v1, Kind=ReplicaSet: ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^\n",
      'spec.validations[0].messageExpression':
        "apps/v1, Kind=Deployment: ERROR: <input>:1:14: undefined field 'x'\n | string(object.x)\n | .............^\n\napps/v1, Kind=ReplicaSet: ERROR: <input>:1:14: undefined field 'x'\n | string(object.x)\n | .............^\n",
    },
  },
  {
    name: 'operators that the types do not have',
    rules: [rule('', 'v1', 'configmaps')],
    spec: validating("object.data['a'] > 1"),
    warnings: {
      'spec.validations[0].expression':
        "/v1, Kind=ConfigMap: ERROR: <input>:1:18: found no matching overload for '_>_' applied to '(string, int)'\n | object.data['a'] > 1\n | .................^\n",
    },
  },
  {
    name: 'a custom kind',
    rules: [rule('example.com', 'v1', 'widgets')],
    spec: validating(
      'object.spec.size > 1 && object.metadata.namespace != ""',
      'object.spec.colour == 1',
    ),
    warnings: {
      'spec.validations[1].expression':
        "example.com/v1, Kind=Widget: ERROR: <input>:1:12: undefined field 'colour'\n | object.spec.colour == 1\n | ...........^\n",
    },
  },
  {
    name: 'parameters and variables have types',
    rules: [deployments],
    spec: {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      variables: [
        { name: 'most', expression: 'params.data["most"]' },
        { name: 'spec', expression: 'object.spec' },
      ],
      ...validating(
        'object.spec.replicas <= variables.most',
        'params.spec == 1',
        'variables.spec.nobodyKnows == 1',
      ),
    },
    warnings: {
      'spec.validations[0].expression':
        "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_<=_' applied to '(int, string)'\n | object.spec.replicas <= variables.most\n | .....................^\n",
      'spec.validations[1].expression':
        "apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'spec'\n | params.spec == 1\n | ......^\n",
    },
  },
  {
    name: 'the authorizer, but for the resource of the request',
    rules: [deployments],
    spec: validating(
      "authorizer.group('apps').resource('deployments').check('get').allowed()",
      "authorizer.requestResource.check('get').allowed()",
    ),
    warnings: {
      'spec.validations[1].expression':
        "apps/v1, Kind=Deployment: ERROR: <input>:1:11: unexpected failed resolution of 'kubernetes.authorization.Authorizer'\n | authorizer.requestResource.check('get').allowed()\n | ..........^\n",
    },
  },
  {
    name: 'what names no kind is not checked',
    rules: [
      rule('*', 'v1', 'deployments'),
      rule('apps', '*', 'deployments'),
      rule('apps', 'v1', '*', 'deployments/scale'),
      rule('none.example.com', 'v1', 'nothings'),
    ],
    spec: validating('object.nonsense == 1'),
    warnings: {},
  },
];

for (const { name, rules, spec, warnings } of cases) {
  test(name, async () => {
    const server = await world();
    const created = await server.call('POST', policies, policy('p', rules, spec));
    assert.equal(created.status, 201, JSON.stringify(created.value));
    await server.pass(200);
    const { observedGeneration, typeChecking } = await statusOf(server, 'p');
    assert.equal(observedGeneration, 1);
    const found = (typeChecking?.expressionWarnings ?? []).map((each) => [
      each.fieldRef,
      each.warning,
    ]);
    assert.deepEqual(Object.fromEntries(found), warnings);
    await server.lifetime.stop();
    await server.stop();
  });
}

test('a policy that changes is checked again; its status is the controller’s', async () => {
  const server = await world();
  await server.call('POST', policies, policy('p', [deployments], validating('object.a == 1')));
  await server.pass(200);
  assert.equal((await statusOf(server, 'p')).typeChecking?.expressionWarnings?.length, 1);
  const body = { spec: validating('true') };
  await server.call('PATCH', `${policies}/p`, body, 'application/merge-patch+json');
  await server.pass(200);
  // What was applied before and is not any more goes with the object that held it, as upstream's merging has it.
  assert.deepEqual(await statusOf(server, 'p'), { observedGeneration: 2 });
  const { value } = await server.call('GET', `${policies}/p`);
  const { managedFields } = value['metadata'] as {
    readonly managedFields: readonly Readonly<Record<string, unknown>>[];
  };
  assert.deepEqual(
    managedFields.map(({ manager, operation, subresource }) => [manager, operation, subresource]),
    [
      ['validatingadmissionpolicy-status-controller', 'Apply', 'status'],
      ['test', 'Update', undefined],
    ],
  );
  await server.lifetime.stop();
  await server.stop();
});
