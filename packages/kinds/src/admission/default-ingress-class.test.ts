/** Ingresses that name no class. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { object } from './testing.ts';

test('ingresses get the default class', async () => {
  const known = {
    metadata: {
      name: 'k',
      annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
    },
  };
  const ingresses = { group: 'networking.k8s.io', resource: 'ingresses' };
  const made = await admit(
    defaultIngressClass,
    creation(ingresses, object('Ingress', 'i', { spec: {} })),
    fakeContext({ objects: [['ingressclasses', known]] }),
  );
  assert.deepEqual(made, object('Ingress', 'i', { spec: { ingressClassName: 'k' } }));
});
