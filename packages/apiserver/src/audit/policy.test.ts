/** Which rule a request falls under, and what is said of policies that make no sense. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestInfo } from '../request/route.ts';
import { decide, type PolicyRule } from './policy.ts';
import { readPolicy } from './policy-file.ts';

const user = { username: 'ann', groups: ['readers'] };

const rules: readonly {
  readonly rule: Omit<PolicyRule, 'level'>;
  readonly asked: string;
  readonly fits: boolean;
}[] = [
  { rule: {}, asked: 'GET /livez', fits: true },
  { rule: { users: ['ann'] }, asked: 'GET /livez', fits: true },
  { rule: { users: ['eve'] }, asked: 'GET /livez', fits: false },
  { rule: { userGroups: ['x', 'readers'] }, asked: 'GET /livez', fits: true },
  { rule: { verbs: ['get'] }, asked: 'GET /api/v1/pods', fits: false },
  { rule: { namespaces: ['a'] }, asked: 'GET /api/v1/namespaces/a/pods', fits: true },
  { rule: { namespaces: [''] }, asked: 'GET /api/v1/nodes', fits: true },
  { rule: { namespaces: ['a'] }, asked: 'GET /livez', fits: false },
  { rule: { nonResourceURLs: ['/live*'] }, asked: 'GET /livez/ping', fits: true },
  { rule: { nonResourceURLs: ['/live'] }, asked: 'GET /livez', fits: false },
  { rule: { nonResourceURLs: ['*'] }, asked: 'GET /api/v1/pods', fits: false },
  { rule: { resources: [{}] }, asked: 'GET /api/v1/pods', fits: true },
  { rule: { resources: [{ group: 'apps' }] }, asked: 'GET /api/v1/pods', fits: false },
  {
    rule: { resources: [{ group: '*', resources: ['pods'] }] },
    asked: 'GET /api/v1/pods',
    fits: true,
  },
  ...(
    [
      ['pods', false],
      ['pods/status', true],
      ['pods/*', true],
      ['*/status', true],
      ['*', true],
      ['*/log', false],
    ] as const
  ).map(([resource, fits]) => ({
    rule: { resources: [{ resources: [resource] }] },
    asked: 'PUT /api/v1/namespaces/a/pods/p/status',
    fits,
  })),
  {
    rule: { resources: [{ resources: ['pods'], resourceNames: ['q'] }] },
    asked: 'GET /api/v1/namespaces/a/pods/p',
    fits: false,
  },
];

for (const { rule, asked, fits } of rules) {
  test(`${JSON.stringify(rule)} ${fits ? 'covers' : 'leaves out'} ${asked}`, () => {
    const [method = '', path = ''] = asked.split(' ');
    const policy = { rules: [{ level: 'Request', ...rule } as const] };
    const { level } = decide(policy, parseRequestInfo(method, path, ''), user);
    assert.equal(level, fits ? 'Request' : 'None');
  });
}

test('stages of the policy and of the rule are left out, and the rule says last about managed fields', () => {
  const policy = {
    omitStages: ['Panic'],
    omitManagedFields: true,
    rules: [{ level: 'Request', omitStages: ['RequestReceived'], omitManagedFields: false }],
  } as const;
  assert.deepEqual(decide(policy, parseRequestInfo('GET', '/livez', ''), user), {
    level: 'Request',
    omittedStages: ['Panic', 'RequestReceived'],
    omitsManagedFields: false,
  });
});

const head = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

const wrong: readonly (readonly [file: string, message: string])[] = [
  [
    'kind: Policy\nrules: []',
    `failed decoding: Object 'apiVersion' is missing in '{"kind":"Policy","rules":[]}'`,
  ],
  [
    'apiVersion: audit.k8s.io/v9\nkind: Policy',
    'failed decoding: no kind "Policy" is registered for version "audit.k8s.io/v9" in scheme "pkg/audit/scheme.go:30"',
  ],
  [
    `${head}rules: x`,
    'failed decoding: json: cannot unmarshal string into Go struct field Policy.rules of type []v1.PolicyRule',
  ],
  [head, 'loaded illegal policy with 0 rules'],
  [`${head}rules:\n- users: [a]`, 'rules[0].level: Required value'],
  [
    `${head}rules:\n- level: All`,
    'rules[0].level: Unsupported value: "All": supported values: "None", "Metadata", "Request", "RequestResponse"',
  ],
  [
    `${head}omitStages: [Never]\nrules:\n- level: None\n  nonResourceURLs: [livez]\n  namespaces: [a]`,
    `[omitStages[0]: Invalid value: "Never": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic, rules[0].nonResourceURLs[0]: Invalid value: "livez": non-resource URL rules must begin with a '/' character, rules[0].nonResourceURLs: Invalid value: ["livez"]: rules cannot apply to both regular resources and non-resource URLs]`,
  ],
  [
    `${head}rules:\n- level: None\n  resources: [{group: rbac/v1, resourceNames: [x]}]`,
    `[rules[0].resources.group: Invalid value: "rbac/v1": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), rules[0].resources.resourceNames: Invalid value: ["x"]: using resourceNames requires at least one resource]`,
  ],
];

for (const [file, message] of wrong) {
  test(`a policy is refused: ${message.slice(0, 60)}`, async () => {
    await assert.rejects(
      readPolicy(file, () => undefined),
      { message },
    );
  });
}

test('members that no policy has are only warned of', async () => {
  const warnings: string[] = [];
  const policy = await readPolicy(`${head}rules:\n- level: None\n  extra: 1`, (text) =>
    warnings.push(text),
  );
  assert.equal(policy.rules.length, 1);
  assert.match(warnings.join(), /unknown field "rules\[0\]\.extra"/);
});
