/** Which plugins are on, and in which order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admissionOrder, admissionPlugins } from './admission-order.ts';

test('flags choose plugins, never their order', () => {
  const names = (enabled: string[], disabled: string[]) =>
    admissionPlugins({ enabled, disabled }).map(({ name }) => name);
  const all = admissionOrder.map(({ name }) => name);
  const usual = names([], []);
  assert.deepEqual(usual.slice(-3), ['RoleEscalation', 'DeviceAdminAccess', 'PolicyParamAccess']);
  assert.deepEqual(
    all.filter((name) => !usual.includes(name)),
    [
      'AlwaysAdmit',
      'NamespaceAutoProvision',
      'NamespaceExists',
      'LimitPodHardAntiAffinityTopology',
      'NodeRestriction',
      'AlwaysPullImages',
      'ImagePolicyWebhook',
      'PodNodeSelector',
      'PodTolerationRestriction',
      'EventRateLimit',
      'ExtendedResourceToleration',
      'OwnerReferencesPermissionEnforcement',
      'DenyServiceExternalIPs',
      'AlwaysDeny',
    ],
  );
  assert.deepEqual(names(all, []).slice(0, -3), all);
  assert.equal(new Set(all).size, all.length);
  assert.ok(!names([], ['Priority', 'RoleEscalation']).includes('Priority'));
  assert.ok(names([], ['RoleEscalation']).includes('RoleEscalation'));
});
