/** Rules for pods on Windows, and for what of the one system must not be asked of the other. */
import { forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { WindowsSecurityContextOptions } from '@navarch/api/types/core/v1/security';
import { checkChoice, checkText, type Errors } from '../checks.ts';
import { textSize } from '../sizes.ts';

/** All containers with the paths to them, in the order in which they are visited. */
export function containersWithPaths(
  spec: PodSpec,
  path: Path,
): readonly (readonly [Container, Path])[] {
  const found: (readonly [Container, Path])[] = [];
  for (const name of containerLists) {
    const containers: readonly Container[] | null | undefined = spec[name];
    if (!containers || containers.length === 0) continue;
    const at = path.child(name);
    for (let index = 0; index < containers.length; index++) {
      const container = containers[index];
      if (container) found.push([container, at.index(index)]);
    }
  }
  return found;
}

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

const credentialSpecKiBMax = 64;

export function checkWindowsOptions(
  options: WindowsSecurityContextOptions,
  path: Path,
  errors: Errors,
): void {
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined) {
    checkText(
      isDns1123Subdomain,
      gmsaCredentialSpecName,
      path.child('gmsaCredentialSpecName'),
      errors,
    );
  }
  if (gmsaCredentialSpec !== undefined) {
    const at = path.child('gmsaCredentialSpec');
    if (gmsaCredentialSpec === '') {
      errors.push(invalid(at, '', 'gmsaCredentialSpec cannot be an empty string'));
    } else if (textSize(gmsaCredentialSpec) > credentialSpecKiBMax * 1024) {
      const text = `gmsaCredentialSpec size must be under ${credentialSpecKiBMax} KiB`;
      errors.push(invalid(at, gmsaCredentialSpec, text));
    }
  }
  if (runAsUserName === undefined) return;
  for (const problem of userNameProblems(runAsUserName)) {
    errors.push(invalid(path.child('runAsUserName'), runAsUserName, problem));
  }
}

const domainLengthMax = 256;
const userLengthMax = 104;
const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsDomain = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);

/** `USER` or `DOMAIN\USER`. */
function userNameProblems(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const [user = '', domain] = parts.toReversed();
  return [...(domain === undefined ? [] : domainProblems(domain)), ...userProblems(user)];
}

function domainProblems(domain: string): readonly string[] {
  const problems: string[] = [];
  if (domain.length >= domainLengthMax) {
    problems.push(`runAsUserName's Domain length must be under ${domainLengthMax} characters`);
  }
  if (!netBiosDomain.test(domain) && !dnsDomain.test(domain)) {
    problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  return problems;
}

function userProblems(user: string): readonly string[] {
  const problems: string[] = [];
  if (user === '') problems.push("runAsUserName's User cannot be empty");
  else if (user.length > userLengthMax) {
    problems.push(
      `runAsUserName's User length must not be longer than ${userLengthMax} characters`,
    );
  }
  if (/^[. ]+$/.test(user))
    problems.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    problems.push(
      `runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`,
    );
  }
  return problems;
}

/** Containers that run as processes of the host: all of the pod or none, and only on the host's network. */
export function checkHostProcess(spec: PodSpec, path: Path, errors: Errors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersWithPaths(spec, path);
  let count = 0;
  for (const [container, at] of containers) {
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && own !== ofPod) {
      const text = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, text));
    }
    if (own ?? ofPod) count++;
  }
  if (count === 0) return;
  if (count !== containers.length) {
    const text =
      'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(path, '', text));
  }
  if (!spec.hostNetwork) {
    const text = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(path.child('hostNetwork'), false, text));
  }
}

export function checkOs(spec: PodSpec, path: Path, errors: Errors): void {
  const name = spec.os?.name;
  if (spec.os === undefined) return;
  if (!name) errors.push(required(path.child('os', 'name')));
  else if (name === 'linux') checkLinux(spec, path, errors);
  else if (name === 'windows') checkWindows(spec, path, errors);
  else checkChoice(name, ['linux', 'windows'], path.child('os'), errors);
}

function checkLinux(spec: PodSpec, path: Path, errors: Errors): void {
  const text = 'windows options cannot be set for a linux pod';
  const places = [[spec, path] as const, ...containersWithPaths(spec, path)];
  for (const [{ securityContext }, at] of places) {
    if (!securityContext?.windowsOptions) continue;
    errors.push(forbidden(at.child('securityContext', 'windowsOptions'), text));
  }
}

const windowsText = 'cannot be set for a windows pod';

/** In the order of messages; what is part of the pod's security context, and what of the pod itself. */
const linuxOfPod: readonly (readonly [where: 'context' | 'spec', name: string])[] = [
  ['context', 'appArmorProfile'],
  ['context', 'seLinuxOptions'],
  ['spec', 'hostUsers'],
  ['spec', 'hostPID'],
  ['spec', 'hostIPC'],
  ['context', 'seccompProfile'],
  ['context', 'fsGroup'],
  ['context', 'fsGroupChangePolicy'],
  ['context', 'sysctls'],
  ['spec', 'shareProcessNamespace'],
  ['context', 'runAsUser'],
  ['context', 'runAsGroup'],
  ['context', 'supplementalGroups'],
  ['context', 'supplementalGroupsPolicy'],
  ['context', 'seLinuxChangePolicy'],
];

const linuxOfContainer = [
  ...(['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities'] as const),
  ...(['readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation'] as const),
  ...(['procMount', 'runAsUser', 'runAsGroup'] as const),
];

function checkWindows(spec: PodSpec, path: Path, errors: Errors): void {
  const context = { ...spec.securityContext };
  for (const [where, name] of linuxOfPod) {
    const holder: Readonly<Record<string, unknown>> =
      where === 'spec' ? { ...spec } : { ...context };
    if (!isSet(holder[name])) continue;
    errors.push(
      forbidden(
        where === 'spec' ? path.child(name) : path.child('securityContext', name),
        windowsText,
      ),
    );
  }
  for (const [{ securityContext }, at] of containersWithPaths(spec, path)) {
    for (const name of linuxOfContainer) {
      if (securityContext?.[name] === undefined) continue;
      errors.push(forbidden(at.child('securityContext', name), windowsText));
    }
  }
}

/** The namespaces of the host are only shared when the flag is true; the other fields count once they are there. */
function isSet(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
