/** What clients are warned of when a pod is accepted that will not do what they may think. */
import { Path } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSpec, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf } from '../../nil.ts';
import { ipWarnings } from '../ip.ts';
import { appArmorPrefix } from './app-armor.ts';
import { overlapWarnings } from './overlap-warnings.ts';
import { portNameWarnings, portWarnings } from './port-warnings.ts';
import { affinityWarnings, nodeLabelWarnings, spreadWarnings } from './scheduling-warnings.ts';
import { containersWithPaths } from './windows.ts';

/** Only for new pods: those that write to existing ones are mostly no people. */
export function podWarnings(pod: Pod, stored: Pod | undefined): readonly string[] {
  if (stored !== undefined) return [];
  const nameProblems = isDns1123Label(pod.metadata.name ?? '');
  const hostname =
    nameProblems.length === 0
      ? []
      : [
          `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${nameProblems.join(' ')}]`,
        ];
  return [...hostname, ...specWarnings(pod.spec, pod.metadata, Path.root)];
}

/** The warnings for a template at `path`. */
export function templateWarnings(
  { spec, metadata }: PodTemplateSpec,
  path: Path,
): readonly string[] {
  return [...specWarnings(spec, metadata, path), ...appArmorWarnings(spec, metadata, path)];
}

export function podStatusWarnings({ status }: Pod): readonly string[] {
  return (['podIPs', 'hostIPs'] as const).flatMap((list) =>
    listOf(status?.[list]).flatMap(({ ip }, index) =>
      ipWarnings(ip, Path.of('status', list).index(index).child('ip')),
    ),
  );
}

function specWarnings(spec: PodSpec, metadata: ObjectMeta, path: Path): readonly string[] {
  const at = path.child('spec');
  const containers = containersWithPaths(spec, at);
  return [
    ...nodeLabelWarnings(spec, at),
    ...spreadWarnings(spec, at),
    ...annotationWarnings(metadata, path),
    ...listOf(spec.volumes).flatMap((volume, index) =>
      volumeWarnings(volume, at.child('volumes').index(index)),
    ),
    ...overlapWarnings(spec),
    ...duplicateWarnings(spec, at),
    ...fractionWarnings(spec.overhead, at.child('overhead')),
    ...seccompWarnings(spec, metadata, path),
    ...containers.flatMap(([container, containerPath]) =>
      containerWarnings(container, containerPath),
    ),
    ...portWarnings(containers),
    ...portNameWarnings(spec, at),
    ...graceWarnings(spec, at),
    ...(spec.affinity ? affinityWarnings(spec.affinity, at.child('affinity')) : []),
    ...listOf(spec.dnsConfig?.nameservers).flatMap((server, index) =>
      ipWarnings(server, at.child('dnsConfig', 'nameservers').index(index)),
    ),
    ...listOf(spec.hostAliases).flatMap(({ ip }, index) =>
      ipWarnings(ip, at.child('hostAliases').index(index).child('ip')),
    ),
  ];
}

/** Only templates still have such a value here: in a pod it is one second by now. */
function graceWarnings(
  { terminationGracePeriodSeconds: seconds }: PodSpec,
  path: Path,
): readonly string[] {
  if (seconds === undefined || seconds >= 0) return [];
  const text = 'must be >= 0; negative values are invalid and will be treated as 1';
  return [`${String(path.child('terminationGracePeriodSeconds'))}: ${text}`];
}

const deadAnnotations: readonly (readonly [string, string])[] = [
  [
    'scheduler.alpha.kubernetes.io/critical-pod',
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  [
    'security.alpha.kubernetes.io/sysctls',
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    'security.alpha.kubernetes.io/unsafe-sysctls',
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
];

function annotationWarnings({ annotations = {} }: ObjectMeta, path: Path): readonly string[] {
  const at = path.child('metadata', 'annotations');
  return deadAnnotations.flatMap(([key, text]) =>
    key in annotations ? [`${String(at.key(key))}: ${text}`] : [],
  );
}

/** In the order of messages; one of them is called otherwise there. */
const deadVolumes: readonly (readonly [name: keyof Volume, shown: string, text: string])[] = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

function volumeWarnings(volume: Volume, path: Path): readonly string[] {
  const warnings: string[] = [];
  for (const [name, shown, text] of deadVolumes) {
    if (volume[name] !== undefined) warnings.push(`${String(path.child(shown))}: ${text}`);
  }
  const storage = volume.ephemeral?.volumeClaimTemplate?.spec.resources?.requests?.['storage'];
  if (storage !== undefined && isFraction(storage)) {
    const at = path
      .child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources', 'requests')
      .key('storage');
    warnings.push(fractionText(storage, at));
  }
  return warnings;
}

export function isFraction(amount: string): boolean {
  if (/^[0-9]+([kMGTPE]i?)?$/.test(amount)) return false;
  return Quantity.parse(amount).milliValue() % 1000 !== 0;
}

export function fractionText(amount: string, path: Path): string {
  return `${String(path)}: fractional byte value "${amount}" is invalid, must be an integer`;
}

function fractionWarnings(list: ResourceList | undefined, path: Path): readonly string[] {
  if (list === undefined) return [];
  return ['memory', 'ephemeral-storage'].flatMap((name) => {
    const amount = list[name];
    return amount !== undefined && isFraction(amount) ? [fractionText(amount, path.key(name))] : [];
  });
}

function duplicateWarnings(
  { hostAliases, imagePullSecrets }: PodSpec,
  path: Path,
): readonly string[] {
  if (hostAliases === undefined && imagePullSecrets === undefined) return [];
  const ips = listOf(hostAliases).map(({ ip }) => ip);
  const secrets = listOf(imagePullSecrets).map(({ name = '' }) => name);
  const secretPath = path.child('imagePullSecrets');
  return [
    ...ips.flatMap((ip, index) =>
      ips.indexOf(ip) < index
        ? [`${String(path.child('hostAliases').index(index).child('ip'))}: duplicate ip "${ip}"`]
        : [],
    ),
    ...secrets.flatMap((name, index) =>
      secrets.indexOf(name) < index
        ? [`${String(secretPath.index(index).child('name'))}: duplicate name "${name}"`]
        : [],
    ),
    ...secrets.flatMap((name, index) =>
      name === ''
        ? [`${String(secretPath.index(index).child('name'))}: invalid empty name ""`]
        : [],
    ),
  ];
}

const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';

function mentionsSeccomp(annotations: NonNullable<ObjectMeta['annotations']>): boolean {
  for (const key in annotations) {
    if (key === seccompPod || key.startsWith(seccompContainer)) return true;
  }
  return false;
}

/** The annotations have no effect without the field. */
function seccompWarnings(
  spec: PodSpec,
  { annotations }: ObjectMeta,
  path: Path,
): readonly string[] {
  if (annotations === undefined || !mentionsSeccomp(annotations)) return [];
  const text = 'non-functional in v1.27+; use the "seccompProfile" field instead';
  const at = path.child('metadata', 'annotations');
  const own = seccompPod in annotations && spec.securityContext?.seccompProfile === undefined;
  const keys = containersWithPaths(spec, path)
    .filter(([{ securityContext }]) => securityContext?.seccompProfile === undefined)
    .map(([{ name }]) => seccompContainer + name)
    .filter((key) => key in annotations);
  return [...(own ? [seccompPod] : []), ...keys].map((key) => `${String(at.key(key))}: ${text}`);
}

function appArmorWarnings(
  spec: PodSpec,
  { annotations }: ObjectMeta,
  path: Path,
): readonly string[] {
  if (annotations === undefined || spec.securityContext?.appArmorProfile !== undefined) return [];
  const at = path.child('metadata', 'annotations');
  return containersWithPaths(spec, path)
    .filter(([{ securityContext }]) => securityContext?.appArmorProfile === undefined)
    .map(([{ name }]) => appArmorPrefix + name)
    .filter((key) => key in annotations)
    .map(
      (key) =>
        `${String(at.key(key))}: deprecated since v1.30; use the "appArmorProfile" field instead`,
    );
}

function containerWarnings({ resources, env }: Container, path: Path): readonly string[] {
  const warnings: string[] = [];
  for (const name of byteResources) {
    for (const list of ['limits', 'requests'] as const) {
      const amount = resources?.[list]?.[name];
      if (amount === undefined || !isFraction(amount)) continue;
      warnings.push(fractionText(amount, path.child('resources', list).key(name)));
    }
  }
  if (env !== undefined && env.length > 1) {
    warnings.push(...hiddenVariables(env, path.child('env')));
  }
  return warnings;
}

const byteResources = ['memory', 'ephemeral-storage'];

/** A variable that is set again without use of what it was. Merging by name would drop the first. */
function hiddenVariables(variables: NonNullable<Container['env']>, path: Path): readonly string[] {
  const seen = new Set<string>();
  return variables.flatMap(({ name, value = '', valueFrom }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const reference = `$(${name})`;
    const builds = valueFrom === undefined && value !== reference && value.includes(reference);
    if (builds) return [];
    return [
      `${String(path.index(index))}: hides previous definition of "${name}", which may be dropped when using apply`,
    ];
  });
}
