/** The pod security standards: what each check finds, at which versions, and who is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext } from '../../testing.ts';
import { allChecks, detailsText, violations } from './evaluate.ts';
import { createPodSecurity, podSecurity } from './pod-security.ts';
import { latest, type Level, levelVersionText, privilegedPolicy, readPolicy } from './policy.ts';

type Labels = Readonly<Record<string, string>>;

/** Passes every check. */
const proper: Container = {
  name: 'c',
  image: 'i',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const properSpec: PodSpec = {
  containers: [proper],
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
};

interface Case {
  readonly level: Level;
  readonly minor?: number;
  readonly spec?: Partial<PodSpec>;
  readonly context?: Container['securityContext'];
  readonly container?: Partial<Container>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly says: string;
}

const cases: readonly Case[] = [
  { level: 'restricted', says: '' },
  { level: 'restricted', minor: 0, says: '' },
  { level: 'privileged', context: { privileged: true }, says: '' },
  {
    level: 'baseline',
    spec: { hostIPC: true, hostNetwork: true },
    says: 'host namespaces (hostNetwork=true, hostIPC=true)',
  },
  {
    level: 'baseline',
    container: {
      ports: [
        { containerPort: 1, hostPort: 90 },
        { containerPort: 2, hostPort: 8 },
      ],
    },
    says: 'hostPort (container "c" uses hostPorts 8, 90)',
  },
  {
    level: 'baseline',
    container: { livenessProbe: { httpGet: { port: 1, host: 'h' } } },
    says: 'probe or lifecycle host (container "c" uses probe or lifecycle host "h")',
  },
  {
    level: 'baseline',
    minor: 33,
    container: { livenessProbe: { httpGet: { port: 1, host: 'h' } } },
    says: '',
  },
  {
    level: 'baseline',
    context: { windowsOptions: { hostProcess: true } },
    spec: { securityContext: { windowsOptions: { hostProcess: true } } },
    says: 'hostProcess (pod and container "c" must not set securityContext.windowsOptions.hostProcess=true)',
  },
  {
    level: 'baseline',
    minor: 26,
    spec: { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } },
    says: 'forbidden sysctls (net.ipv4.tcp_rmem)',
  },
  {
    level: 'baseline',
    spec: { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } },
    says: '',
  },
  {
    level: 'baseline',
    context: { capabilities: { add: ['SYS_TIME', 'CHOWN', 'NET_ADMIN'] } },
    says: 'non-default capabilities (container "c" must not include "NET_ADMIN", "SYS_TIME" in securityContext.capabilities.add)',
  },
  {
    level: 'restricted',
    context: { allowPrivilegeEscalation: false, capabilities: { add: ['CHOWN'] } },
    says: 'unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]; container "c" must not include "CHOWN" in securityContext.capabilities.add)',
  },
  {
    level: 'restricted',
    minor: 21,
    context: { allowPrivilegeEscalation: false, capabilities: { add: ['CHOWN'] } },
    says: '',
  },
  {
    level: 'baseline',
    context: { procMount: 'Unmasked' },
    says: 'procMount (container "c" must not set securityContext.procMount to "Unmasked")',
  },
  {
    level: 'baseline',
    spec: { hostUsers: false },
    context: { procMount: 'Unmasked' },
    says: '',
  },
  {
    level: 'baseline',
    spec: { securityContext: { seLinuxOptions: { type: 'container_engine_t', role: 'r' } } },
    says: 'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: role may not be set)',
  },
  {
    level: 'baseline',
    minor: 30,
    spec: { securityContext: { seLinuxOptions: { type: 'container_engine_t' } } },
    says: 'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "container_engine_t")',
  },
  {
    level: 'baseline',
    context: { appArmorProfile: { type: 'Unconfined' } },
    annotations: { 'container.apparmor.security.beta.kubernetes.io/c': 'unconfined' },
    says: 'forbidden AppArmor profiles (container "c" and annotation must not set AppArmor profile type to "Unconfined", "container.apparmor.security.beta.kubernetes.io/c="unconfined"")',
  },
  {
    level: 'baseline',
    minor: 18,
    annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
    says: 'seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")',
  },
  {
    level: 'restricted',
    spec: { securityContext: { runAsNonRoot: true } },
    says: 'seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
  },
  {
    level: 'restricted',
    spec: { securityContext: { runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } } },
    says: 'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
  },
  {
    level: 'restricted',
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 0,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
    says: 'runAsUser=0 (pod must not set runAsUser=0)',
  },
  {
    level: 'restricted',
    spec: { hostUsers: false, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    says: '',
  },
  {
    level: 'restricted',
    spec: {
      volumes: [
        { name: 'a', hostPath: { path: '/' } },
        { name: 'b', emptyDir: {} },
        { name: 'd', nfs: { server: 's', path: '/' } },
      ],
    },
    says: 'restricted volume types (volumes "a", "d" use restricted volume types "hostPath", "nfs")',
  },
  {
    level: 'restricted',
    spec: { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } },
    context: {},
    says: '',
  },
];

for (const { level, minor = latest, spec, context, container, annotations, says } of cases) {
  test(`${levelVersionText({ level, minor })} says: ${says || 'nothing'}`, () => {
    const only = { ...proper, ...container, securityContext: context ?? proper.securityContext };
    const pod = {
      metadata: { ...(annotations && { annotations }) },
      spec: { ...properSpec, containers: [only as Container], ...spec },
    };
    assert.equal(detailsText(violations(pod, { level, minor })), says);
  });
}

test('checks come in the order of their levels and ids, each once', () => {
  const byLevel = (wanted: string) =>
    allChecks.filter(({ level }) => level === wanted).map(({ id }) => id);
  const ids = [...byLevel('baseline'), ...byLevel('restricted')];
  assert.deepEqual(
    allChecks.map(({ id }) => id),
    ids,
  );
  for (const level of ['baseline', 'restricted']) {
    const own = byLevel(level);
    assert.deepEqual(
      own,
      [...new Set(own)].toSorted((a, b) => (a < b ? -1 : 1)),
    );
  }
  for (const { versions } of allChecks) {
    const since = versions.map((version) => version.since);
    assert.deepEqual(
      since,
      since.toSorted((a, b) => a - b),
    );
  }
});

const p = 'pod-security.kubernetes.io/';

test('labels become a policy', () => {
  const read = (labels: Labels) => {
    const { policy, errors } = readPolicy(labels, privilegedPolicy);
    const { enforce, audit, warn } = policy;
    return [...[enforce, audit, warn].map(levelVersionText), errors.length];
  };
  const nothing = 'privileged:latest';
  assert.deepEqual(read({}), [nothing, nothing, nothing, 0]);
  assert.deepEqual(read({ [`${p}enforce`]: 'baseline', [`${p}enforce-version`]: 'v1.20' }), [
    'baseline:v1.20',
    nothing,
    'baseline:v1.20',
    0,
  ]);
  assert.deepEqual(read({ [`${p}enforce`]: 'restricted', [`${p}warn`]: 'baseline' }), [
    'restricted:latest',
    nothing,
    'baseline:latest',
    0,
  ]);
  assert.deepEqual(
    read({ [`${p}enforce`]: 'hard', [`${p}audit`]: 'x', [`${p}warn-version`]: 'v1.01' }),
    ['restricted:latest', nothing, nothing, 3],
  );
});

const namespace = (labels: Labels): KubernetesObject => ({
  kind: 'Namespace',
  metadata: { name: 'n', labels },
});
const podOf = (name: string, owner?: string): KubernetesObject =>
  ({
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'n',
      ...(owner && { ownerReferences: [{ uid: owner, controller: true }] }),
    },
    spec: { ...properSpec, containers: [{ name: 'c', image: 'i' }] },
  }) as KubernetesObject;

/** What is said to a request in a namespace with these labels: the refusal, or the warnings. */
async function told(
  attributes: ReturnType<typeof creation>,
  labels: Labels,
  plugin = podSecurity,
  pods: readonly KubernetesObject[] = [],
): Promise<readonly string[]> {
  const warnings: string[] = [];
  const context = fakeContext({
    warnings,
    objects: [['namespaces', namespace(labels)], ...pods.map((pod) => ['pods', pod] as const)],
  });
  const answer = await admit(plugin, attributes, context);
  return typeof answer === 'string' ? [answer] : warnings;
}

const found =
  'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"])';
const podResource = { group: '', resource: 'pods' };

test('pods are refused, templates warned of', async () => {
  const pod = podOf('x');
  const refused = `pods "x" is forbidden: violates PodSecurity "restricted:latest": ${found}`;
  const warned = `would violate PodSecurity "restricted:latest": ${found}`;
  const enforced = { [`${p}enforce`]: 'restricted' };
  assert.deepEqual(await told(creation(podResource, pod), enforced), [refused]);
  assert.deepEqual(await told(creation(podResource, pod), { [`${p}warn`]: 'restricted' }), [
    warned,
  ]);
  assert.deepEqual(await told(creation(podResource, pod), {}), []);
  const job = {
    kind: 'Job',
    metadata: { name: 'j', namespace: 'n' },
    spec: { template: { spec: (pod as unknown as { spec: PodSpec }).spec } },
  } as KubernetesObject;
  assert.deepEqual(await told(creation({ group: 'batch', resource: 'jobs' }, job), enforced), [
    warned,
  ]);
});

test('an update that changes no image is not looked at', async () => {
  const enforced = { [`${p}enforce`]: 'restricted' };
  const update = { operation: 'UPDATE', oldObject: podOf('x') } as const;
  assert.deepEqual(await told(creation(podResource, podOf('x'), update), enforced), []);
  const added = podOf('x') as unknown as { spec: PodSpec };
  const debugged = {
    ...podOf('x'),
    spec: { ...added.spec, ephemeralContainers: [{ name: 'e', image: 'i' }] },
  } as KubernetesObject;
  const [refused = ''] = await told(
    creation(podResource, debugged, { ...update, subresource: 'ephemeralcontainers' }),
    enforced,
  );
  assert.match(refused, /containers "c", "e" must set/);
});

test('namespaces: labels must make sense, and raising the level names pods', async () => {
  const change = (before: Labels, now: Labels) =>
    creation({ group: '', resource: 'namespaces' }, namespace(now), {
      operation: 'UPDATE',
      oldObject: namespace(before),
    });
  const bad = { [`${p}enforce`]: 'x' };
  assert.deepEqual(await told(change({}, bad), {}), [
    `Namespace "n" is invalid: metadata.labels[${p}enforce]: Invalid value: "x": must be one of privileged, baseline, restricted`,
  ]);
  assert.deepEqual(await told(change(bad, bad), {}), []);
  const pods = [podOf('b', 'u'), podOf('a', 'u'), podOf('z')];
  const strict = { [`${p}enforce`]: 'restricted' };
  assert.deepEqual(await told(change({}, strict), {}, podSecurity, pods), [
    'existing pods in namespace "n" violate the new PodSecurity enforce level "restricted:latest"',
    'a (and 2 other pods): allowPrivilegeEscalation != false, unrestricted capabilities',
  ]);
  assert.deepEqual(await told(change(strict, {}), {}, podSecurity, pods), []);
});

test('exemptions', async () => {
  const exempting = (exempt: Partial<{ namespaces: string[]; usernames: string[] }>) =>
    createPodSecurity({
      defaults: privilegedPolicy,
      exemptions: { namespaces: [], usernames: [], runtimeClasses: [], ...exempt },
    });
  const strict = { [`${p}enforce`]: 'restricted', [`${p}warn`]: 'baseline' };
  const pod = creation(podResource, podOf('x'));
  assert.deepEqual(await told(pod, strict, exempting({ namespaces: ['n'] })), []);
  assert.deepEqual(await told(pod, strict, exempting({ usernames: ['ann'] })), []);
  const made = creation({ group: '', resource: 'namespaces' }, namespace(strict));
  assert.deepEqual(await told(made, {}, exempting({ namespaces: ['n'] })), [
    'namespace "n" is exempt from Pod Security, and the policy (enforce=restricted:latest, warn=baseline:latest) will be ignored',
  ]);
});
