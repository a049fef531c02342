/** Rules for what pods and containers may do on their node. */
import {
  duplicate,
  forbidden,
  invalid,
  type Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type {
  AppArmorProfile,
  PodSecurityContext,
  SeccompProfile,
  SecurityContext,
  Sysctl,
} from '@navarch/api/types/core/v1/security';
import { listOf } from '../../nil.ts';
import { checkChoice, checkUserId, type Errors } from '../checks.ts';
import { goForm, seccompForm, securityContextForm } from '../go-form.ts';
import { checkDescendingPath } from './paths.ts';
import type { PodScope } from './scope.ts';
import { checkWindowsOptions } from './windows.ts';

export function checkPodSecurity(spec: PodSpec, path: Path, errors: Errors): void {
  const context = spec.securityContext ?? {};
  checkUserId(context.fsGroup, path.child('fsGroup'), errors);
  checkUserId(context.runAsUser, path.child('runAsUser'), errors);
  checkUserId(context.runAsGroup, path.child('runAsGroup'), errors);
  for (const [index, group] of listOf(context.supplementalGroups).entries()) {
    checkUserId(group, path.child('supplementalGroups').index(index), errors);
  }
  if (spec.shareProcessNamespace && spec.hostPID) {
    const text = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(path.child('shareProcessNamespace'), true, text));
  }
  checkSysctls(listOf(context.sysctls), spec, path.child('sysctls'), errors);
  checkOptionalChoice(context, 'fsGroupChangePolicy', ['Always', 'OnRootMismatch'], path, errors);
  if (context.seccompProfile)
    checkSeccomp(context.seccompProfile, path.child('seccompProfile'), errors);
  if (context.windowsOptions)
    checkWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors);
  if (context.appArmorProfile)
    checkAppArmor(context.appArmorProfile, path.child('appArmorProfile'), errors);
  checkOptionalChoice(context, 'supplementalGroupsPolicy', ['Merge', 'Strict'], path, errors);
  checkOptionalChoice(context, 'seLinuxChangePolicy', ['MountOption', 'Recursive'], path, errors);
}

function checkOptionalChoice(
  context: PodSecurityContext,
  name: 'fsGroupChangePolicy' | 'supplementalGroupsPolicy' | 'seLinuxChangePolicy',
  choices: readonly string[],
  path: Path,
  errors: Errors,
): void {
  const value = context[name];
  if (value !== undefined) checkChoice(value, choices, path.child(name), errors);
}

export function checkContainerSecurity(
  context: SecurityContext,
  path: Path,
  scope: PodScope,
): void {
  const { errors } = scope;
  checkUserId(context.runAsUser, path.child('runAsUser'), errors);
  checkUserId(context.runAsGroup, path.child('runAsGroup'), errors);
  checkProcMount(context.procMount, path.child('procMount'), scope);
  if (context.seccompProfile)
    checkSeccomp(context.seccompProfile, path.child('seccompProfile'), errors);
  if (context.allowPrivilegeEscalation === false) checkNoEscalation(context, path, errors);
  if (context.windowsOptions)
    checkWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors);
  if (context.appArmorProfile)
    checkAppArmor(context.appArmorProfile, path.child('appArmorProfile'), errors);
}

function checkProcMount(
  value: string | undefined,
  path: Path,
  { errors, hostUsers }: PodScope,
): void {
  if (value === undefined) return;
  checkChoice(value, ['Default', 'Unmasked'], path, errors);
  if (value !== 'Unmasked' || !hostUsers) return;
  errors.push(invalid(path, value, '`hostUsers` must be false to use `Unmasked`'));
}

/** Who may not gain rights must not start with all of them. */
function checkNoEscalation(context: SecurityContext, path: Path, errors: Errors): void {
  const fail = (text: string): void => {
    const shown = goForm(securityContextForm, context);
    errors.push(
      invalid(path, shown, `cannot set \`allowPrivilegeEscalation\` to false and ${text}`),
    );
  };
  if (context.privileged) fail('`privileged` to true');
  for (const capability of listOf(context.capabilities?.add)) {
    if (capability === 'CAP_SYS_ADMIN') fail('`capabilities.Add` CAP_SYS_ADMIN');
  }
}

const profileTypes: readonly string[] = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function checkSeccomp(profile: SeccompProfile, path: Path, errors: Errors): void {
  const { type, localhostProfile } = profile;
  checkProfileType(type, 'seccompProfile', path.child('type'), errors);
  const at = path.child('localhostProfile');
  if (type === 'Localhost') {
    if (localhostProfile === undefined) {
      errors.push(required(at, 'must be set when seccomp type is Localhost'));
    } else checkDescendingPath(localhostProfile, at, errors);
  } else if (localhostProfile !== undefined) {
    const text = 'can only be set when seccomp type is Localhost';
    errors.push(invalid(at, goForm(seccompForm, profile), text));
  }
}

function checkProfileType(type: string, field: string, path: Path, errors: Errors): void {
  if (type) checkChoice(type, profileTypes, path, errors);
  else errors.push(required(path, `type is required when ${field} is set`));
}

/** The longest path that Linux knows, without the byte that ends it. */
const localhostProfileLengthMax = 4095;

export function checkAppArmor(
  { type, localhostProfile }: AppArmorProfile,
  path: Path,
  errors: Errors,
): void {
  const at = path.child('localhostProfile');
  if (type === 'Localhost') {
    if (!localhostProfile?.trim()) {
      if (localhostProfile)
        errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
      else errors.push(required(at, 'must be set when AppArmor type is Localhost'));
      return;
    }
    if (localhostProfile.trim() !== localhostProfile) {
      errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
    }
    if (localhostProfile.length > localhostProfileLengthMax) {
      errors.push(tooLong(at, '', localhostProfileLengthMax));
    }
  } else if (type === 'RuntimeDefault' || type === 'Unconfined') {
    if (localhostProfile === undefined) return;
    errors.push(invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost'));
  } else checkProfileType(type, 'appArmorProfile', path.child('type'), errors);
}

const sysctlLengthMax = 253;
const sysctlSegment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlText = `^(${sysctlSegment}[\\./])*${sysctlSegment}$`;
const sysctlPattern = new RegExp(sysctlText);

function checkSysctls(sysctls: readonly Sysctl[], spec: PodSpec, path: Path, errors: Errors): void {
  const names = new Set<string>();
  for (const [index, { name }] of sysctls.entries()) {
    const at = path.index(index).child('name');
    if (name === '') errors.push(required(at));
    else if (name.length > sysctlLengthMax || !sysctlPattern.test(name)) {
      const text = `must have at most ${sysctlLengthMax} characters and match regex ${sysctlText}`;
      errors.push(invalid(at, name, text));
    } else if (names.has(name)) errors.push(duplicate(at, name));
    names.add(name);
    checkSysctlNamespace(name, spec, at, errors);
  }
}

const ipcSysctls: ReadonlySet<string> = new Set([
  'kernel.sem',
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
]);

/** A kernel setting of a namespace that the pod shares with its node would change the node. */
function checkSysctlNamespace(name: string, spec: PodSpec, path: Path, errors: Errors): void {
  // Both notations are known; the first separator says which one it is.
  const dotted = /^[^.]*\//.test(name) ? name.replaceAll('/', '.') : name;
  if (spec.hostNetwork && dotted.startsWith('net.')) {
    errors.push(invalid(path, name, "may not be specified when 'hostNetwork' is true"));
  }
  const ipc =
    ipcSysctls.has(dotted) || dotted.startsWith('kernel.shm') || dotted.startsWith('fs.mqueue.');
  if (spec.hostIPC && ipc)
    errors.push(invalid(path, name, "may not be specified when 'hostIPC' is true"));
}

/** Users of the pod's own cannot meet users of the node in namespaces that are shared with it. */
export function checkHostUsers(spec: PodSpec, path: Path, errors: Errors): void {
  if (spec.hostUsers !== false) return;
  const text = 'when `hostUsers` is false';
  if (spec.hostNetwork) errors.push(forbidden(path.child('hostNetwork'), text));
  // Two names have a capital in messages.
  if (spec.hostPID) errors.push(forbidden(path.child('HostPID'), text));
  if (spec.hostIPC) errors.push(forbidden(path.child('HostIPC'), text));
}
