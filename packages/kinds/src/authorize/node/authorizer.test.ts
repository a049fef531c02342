/** What the node n1 may do, one question per line. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { rule } from '../../bootstrap/rule.ts';
import { fakeReader } from '../testing.ts';
import { createNodeAuthorizer } from './authorizer.ts';

const pod = (
  name: string,
  nodeName: string,
  spec: object,
  annotations = {},
): KubernetesObject & { spec: object } => ({
  metadata: { name, namespace: 'd', annotations },
  spec: { nodeName, ...spec },
});
const volumes = (...list: object[]): object => ({
  volumes: list.map((volume, i) => ({ name: `v${i}`, ...volume })),
});

const read = fakeReader({
  pods: [
    pod('a', 'n1', {
      serviceAccountName: 'robot',
      imagePullSecrets: [{ name: 'pull' }],
      containers: [{ name: 'c', envFrom: [{ configMapRef: { name: 'env' } }] }],
      ...volumes(
        { secret: { secretName: 's' } },
        { persistentVolumeClaim: { claimName: 'claim' } },
        { ephemeral: {} },
        { projected: { sources: [{ configMap: { name: 'projected' } }] } },
      ),
    }),
    pod('b', 'n2', volumes({ secret: { secretName: 'other' } })),
    pod('mirror', 'n1', volumes({ secret: { secretName: 'wished' } }), {
      'kubernetes.io/config.mirror': 'x',
    }),
  ],
  persistentvolumeclaims: [
    { metadata: { name: 'claim', namespace: 'd' }, spec: { volumeName: 'pv' } } as KubernetesObject,
  ],
  persistentvolumes: [
    {
      metadata: { name: 'pv' },
      spec: {
        claimRef: { namespace: 'd', name: 'claim' },
        csi: { driver: 'x', nodeStageSecretRef: { namespace: 'storage', name: 'stage' } },
      },
    } as KubernetesObject,
  ],
  volumeattachments: [{ metadata: { name: 'va' }, spec: { nodeName: 'n1' } } as KubernetesObject],
  resourceslices: [{ metadata: { name: 'slice' }, spec: { nodeName: 'n2' } } as KubernetesObject],
});

const unrelated = "no relationship found between node 'n1' and this object";
const cases: { what: string; no?: string }[] = [
  { what: 'get /secrets d s' },
  { what: 'watch /secrets d pull' },
  { what: 'get /secrets storage stage' },
  { what: 'get /secrets d other', no: unrelated },
  { what: 'get /secrets d wished', no: unrelated },
  { what: 'list /secrets d', no: 'No Object name found' },
  { what: 'list /secrets', no: 'can only read namespaced object of this type' },
  { what: 'update /secrets d s', no: 'can only read resources of this type' },
  { what: 'get /secrets/x d s', no: 'cannot read subresource' },
  { what: 'get /configmaps d env' },
  { what: 'get /configmaps d projected' },
  { what: 'get /persistentvolumeclaims d claim' },
  { what: 'get /persistentvolumeclaims d a-v2' },
  { what: 'patch /persistentvolumeclaims/status d claim' },
  { what: 'get /persistentvolumeclaims/status d claim', no: 'can only get/update/patch this type' },
  { what: 'get /persistentvolumes - pv' },
  { what: 'list /persistentvolumes', no: 'can only get individual resources of this type' },
  { what: 'get storage.k8s.io/volumeattachments - va' },
  { what: 'create /serviceaccounts/token d robot' },
  { what: 'create /serviceaccounts/token d nobody', no: unrelated },
  {
    what: 'get /serviceaccounts d robot',
    no: 'can only create tokens for individual service accounts',
  },
  { what: 'get /pods d a' },
  { what: 'get /pods d mirror' },
  { what: 'get /pods d b', no: unrelated },
  { what: 'list /pods', no: 'can only list/watch pods with spec.nodeName field selector' },
  { what: 'list /pods - - spec.nodeName=n1' },
  {
    what: 'watch /pods - - spec.nodeName=n2',
    no: 'can only list/watch pods with spec.nodeName field selector',
  },
  { what: 'create /pods/eviction d a' },
  { what: 'patch /pods/status d a' },
  { what: 'patch /pods d a', no: '' },
  { what: 'get /nodes - n1' },
  { what: 'get /nodes - n2', no: "node 'n1' cannot read 'n2', only its own Node object" },
  { what: 'list /nodes', no: "node 'n1' cannot read all nodes, only its own Node object" },
  { what: 'patch /nodes/status - n1' },
  { what: 'delete /nodes - n1', no: '' },
  { what: 'create coordination.k8s.io/leases kube-node-lease' },
  {
    what: 'get coordination.k8s.io/leases kube-node-lease n2',
    no: 'can only access node lease with the same name as the requesting node',
  },
  {
    what: 'get coordination.k8s.io/leases d n1',
    no: 'can only access leases in the "kube-node-lease" system namespace',
  },
  {
    what: 'list coordination.k8s.io/leases kube-node-lease',
    no: 'can only get, create, update, patch, or delete a node lease',
  },
  { what: 'create storage.k8s.io/csinodes' },
  {
    what: 'get storage.k8s.io/csinodes - n2',
    no: 'can only access CSINode with the same name as the requesting node',
  },
  { what: 'create resource.k8s.io/resourceslices' },
  { what: 'get resource.k8s.io/resourceslices - slice', no: unrelated },
  { what: 'list resource.k8s.io/resourceslices - - nodeName=n1' },
  { what: 'create /events d' },
  { what: 'list /events d', no: '' },
];

function attributes(user: UserInfo, what: string): AuthorizationAttributes {
  const [verb = '', target = '', ...rest] = what.split(' ');
  const [namespace = '', name = '', fieldSelector] = rest.map((word) => (word === '-' ? '' : word));
  const [group = '', resource = '', subresource = ''] = target.split('/');
  const asked = { group, version: 'v1', resource, subresource, namespace, name };
  return { user, verb, path: '', resource: { ...asked, ...(fieldSelector && { fieldSelector }) } };
}

describe('the node authorizer', () => {
  const authorizer = createNodeAuthorizer([rule('create', 'core', 'events')]);
  const n1 = { username: 'system:node:n1', groups: ['system:nodes'] };
  for (const { what, no } of cases) {
    test(what, async () => {
      const decision = await authorizer.authorize(attributes(n1, what), read);
      const expected =
        no === undefined
          ? { decision: 'allow', reason: '' }
          : { decision: 'noOpinion', reason: no };
      assert.deepEqual(decision, expected);
    });
  }

  const strangers: { user: UserInfo; reason: string }[] = [
    { user: { username: 'system:node:n1', groups: [] }, reason: '' },
    { user: { username: 'bob', groups: ['system:nodes'] }, reason: '' },
    {
      user: { username: 'system:node:', groups: ['system:nodes'] },
      reason: 'unknown node for user "system:node:"',
    },
  ];
  for (const { user, reason } of strangers) {
    test(`has no opinion of ${user.username} in ${user.groups.join() || 'no group'}`, async () => {
      const decision = await authorizer.authorize(attributes(user, 'get /nodes - n1'), read);
      assert.deepEqual(decision, { decision: 'noOpinion', reason });
    });
  }
});
