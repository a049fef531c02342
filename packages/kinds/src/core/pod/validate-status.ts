/** Rules for the status of a pod: what has ended stays ended, and addresses are addresses. */
import {
  duplicate,
  type FieldError,
  forbidden,
  internal,
  invalid,
  Path,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isQualifiedName } from '@navarch/api/names';
import type { ContainerStatus } from '@navarch/api/types/core/v1/container-status';
import type { Pod, PodStatus } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { checkText, checkUserId, type Errors, immutableText } from '../checks.ts';
import { addressForm, goForm } from '../go-form.ts';
import { checkIp, isDualStack, parseIp } from '../ip.ts';
import { checkAllocated } from './allocated-status.ts';
import { isSidecar } from './table.ts';
import { checkAnnotationUpdate } from './validate-update.ts';

const path = Path.of('status');

export function validatePodStatusUpdate(pod: Pod, stored: Pod): readonly FieldError[] {
  const errors: Errors = [];
  const status = pod.status ?? {};
  const before = stored.status ?? {};
  checkAnnotationUpdate(pod, stored, errors);
  checkConditions(status, errors);
  if (pod.spec.nodeName !== stored.spec.nodeName) {
    errors.push(forbidden(path.child('nodeName'), 'may not be changed directly'));
  }
  const nominated = status.nominatedNodeName;
  if (nominated && nominated !== before.nominatedNodeName) {
    checkText(isDns1123Subdomain, nominated, path.child('nominatedNodeName'), errors);
  }
  if (status.qosClass !== before.qosClass) {
    errors.push(invalid(path.child('qosClass'), status.qosClass ?? '', immutableText));
  }
  checkTransitions(status, stored, errors);
  checkClaims(pod, errors);
  checkPodIps(status, errors);
  checkHostIps(status, errors);
  checkUsers(pod, errors);
  checkAllocated(pod, path, errors);
  return errors;
}

const systemConditions: ReadonlySet<string> = new Set(['PodScheduled', 'Ready', 'Initialized']);

/** Upstream reports these below metadata. */
function checkConditions({ conditions }: PodStatus, errors: Errors): void {
  for (const [index, { type }] of listOf(conditions).entries()) {
    if (systemConditions.has(type)) continue;
    checkText(
      isQualifiedName,
      type,
      Path.of('metadata', 'conditions').index(index).child('Type'),
      errors,
    );
  }
}

const statusLists = [
  'containerStatuses',
  'initContainerStatuses',
  'ephemeralContainerStatuses',
] as const;

function checkTransitions(status: PodStatus, stored: Pod, errors: Errors): void {
  const { spec } = stored;
  const sidecars = new Set(
    listOf(spec.initContainers)
      .filter(isSidecar)
      .map(({ name }) => name),
  );
  for (const list of statusLists) {
    // Nothing ever starts an ephemeral container again.
    const policy = list === 'ephemeralContainerStatuses' ? 'Never' : spec.restartPolicy;
    if (policy === 'Always') continue;
    for (const [index, old] of listOf<ContainerStatus>(stored.status?.[list]).entries()) {
      if (!mustStayEnded(old, policy) || sidecars.has(old.name) || mayRestart(stored, old.name))
        continue;
      const revived = listOf<ContainerStatus>(status[list]).filter(
        ({ name, state }) => name === old.name && state?.terminated === undefined,
      );
      for (const _ of revived) {
        const at = path.child(list).index(index).child('state');
        errors.push(forbidden(at, 'may not be transitioned to non-terminated state'));
      }
    }
  }
}

function mustStayEnded({ state }: ContainerStatus, policy: string | undefined): boolean {
  if (state?.terminated === undefined) return false;
  return !(policy === 'OnFailure' && state.terminated.exitCode !== 0);
}

/** A container may have a restart policy of its own. */
function mayRestart({ spec }: Pod, name: string): boolean {
  const all = [...listOf(spec.containers), ...listOf(spec.initContainers)];
  const container = all.find((item) => item.name === name);
  return container?.restartPolicy !== undefined && container.restartPolicy !== 'Never'
    ? true
    : listOf(container?.restartPolicyRules).length > 0;
}

function checkClaims({ spec, status }: Pod, errors: Errors): void {
  const known = new Set(listOf(spec.resourceClaims).map(({ name }) => name));
  const seen = new Set<string>();
  for (const [index, { name, resourceClaimName }] of listOf(
    status?.resourceClaimStatuses,
  ).entries()) {
    const at = path.child('resourceClaimStatuses').index(index).child('name');
    if (!known.has(name)) {
      errors.push(invalid(at, name, 'must match the name of an entry in `spec.resourceClaims`'));
    }
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    if (resourceClaimName !== undefined)
      checkText(isDns1123Subdomain, resourceClaimName, at, errors);
  }
}

function checkPodIps({ podIPs }: PodStatus, errors: Errors): void {
  const at = path.child('podIPs');
  const ips = listOf(podIPs).map(({ ip }) => ip);
  ips.forEach((ip, index) => checkIp(ip, at.index(index), errors));
  if (ips.length < 2) return;
  checkFamilies(ips, at, errors);
  checkRepeated(ips, at, errors);
}

function checkHostIps({ hostIP = '', hostIPs }: PodStatus, errors: Errors): void {
  const at = path.child('hostIPs');
  const ips = listOf(hostIPs).map(({ ip }) => ip);
  const [first] = ips;
  if (first === undefined) return;
  if (first !== hostIP)
    errors.push(invalid(at.index(0).child('ip'), first, 'must be equal to `hostIP`'));
  ips.forEach((ip, index) => checkIp(ip, at.index(index), errors));
  if (ips.length < 2) return;
  checkRepeated(ips, at, errors);
  checkFamilies(ips, at, errors);
}

/** At most one address of each family. */
function checkFamilies(ips: readonly string[], at: Path, errors: Errors): void {
  const parsed = ips.map(parseIp);
  const unreadable = parsed.indexOf(undefined);
  if (unreadable >= 0) {
    const text = `invalid IP[${unreadable}]: ${ips[unreadable] ?? ''}`;
    errors.push(internal(at, `failed to check for dual stack with error:${text}`));
  }
  if (unreadable < 0 && isDualStack(parsed) && ips.length === 2) return;
  const shown = ips.map((ip) => goForm(addressForm, { ip }));
  errors.push(invalid(at, shown, 'may specify no more than one IP for each IP family'));
}

function checkRepeated(ips: readonly string[], at: Path, errors: Errors): void {
  for (const [index, ip] of ips.entries()) {
    if (ips.indexOf(ip) < index)
      errors.push(duplicate(at.index(index), goForm(addressForm, { ip })));
  }
}

function checkUsers({ spec, status }: Pod, errors: Errors): void {
  const windows = spec.os?.name === 'windows';
  for (const list of statusLists) {
    for (const [index, { user }] of listOf<ContainerStatus>(status?.[list]).entries()) {
      const linux = user?.linux;
      if (linux === undefined) continue;
      const at = path.child(list).index(index).child('linux');
      if (windows) errors.push(forbidden(at, 'cannot be set for a windows pod'));
      else {
        checkUserId(linux.uid, at.child('uid'), errors);
        checkUserId(linux.gid, at.child('gid'), errors);
        listOf(linux.supplementalGroups).forEach((group, groupIndex) =>
          checkUserId(group, at.child('supplementalGroups').index(groupIndex), errors),
        );
      }
    }
  }
}
