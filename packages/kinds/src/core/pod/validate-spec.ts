/** Rules for a pod spec, in the order in which clients have always read the mistakes. */
import { duplicate, forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import {
  isDns1123Subdomain,
  isDns1123SubdomainWithUnderscore,
  isInRange,
  isQualifiedName,
} from '@navarch/api/names';
import type { PodSchedulingGate, PodSpec } from '@navarch/api/types/core/v1/pod';
import type { PodResourceClaim } from '@navarch/api/types/core/v1/pod-claims';
import type { HostAlias, PodDNSConfig } from '@navarch/api/types/core/v1/pod-network';
import { listOf } from '../../nil.ts';
import {
  checkLabel,
  checkLabels,
  checkRequiredChoice,
  checkSubdomain,
  checkText,
  type Errors,
} from '../checks.ts';
import { goForm, resourceClaimForm } from '../go-form.ts';
import { checkIp } from '../ip.ts';
import { checkContainers } from './containers.ts';
import { checkOverhead, checkPodResources } from './resources.ts';
import { checkAffinity, checkSpread, checkTolerations } from './scheduling.ts';
import { scopeOf, type SpecHolder } from './scope.ts';
import { checkHostUsers, checkPodSecurity } from './security.ts';
import { checkVolumes } from './volumes.ts';
import { checkHostProcess, checkOs } from './windows.ts';

const restartPolicies: readonly string[] = ['Always', 'OnFailure', 'Never'];
const dnsPolicies: readonly string[] = [
  'ClusterFirstWithHostNet',
  'ClusterFirst',
  'Default',
  'None',
];

export function checkPodSpec(spec: PodSpec, holder: SpecHolder, path: Path, errors: Errors): void {
  if (spec.terminationGracePeriodSeconds === undefined) {
    errors.push(required(path.child('terminationGracePeriodSeconds')));
  }
  const volumes = checkVolumes(listOf(spec.volumes), holder, path.child('volumes'), errors);
  const scope = scopeOf(spec, holder, volumes, errors);
  if (spec.resourceClaims)
    checkResourceClaims(spec.resourceClaims, path.child('resourceClaims'), errors);
  checkContainers(spec, path, scope);
  checkPodResources(spec, scope.claimNames, path.child('resources'), errors);
  if (spec.hostNetwork) checkHostNetworkPorts(spec, holder, path.child('containers'), errors);
  checkRequiredChoice(spec.restartPolicy, restartPolicies, path.child('restartPolicy'), errors);
  checkRequiredChoice(spec.dnsPolicy, dnsPolicies, path.child('dnsPolicy'), errors);
  checkLabels(spec.nodeSelector, path.child('nodeSelector'), errors);
  checkPodSecurity(spec, path.child('securityContext'), errors);
  if (spec.affinity) checkAffinity(spec.affinity, path.child('affinity'), errors);
  checkDns(spec, path.child('dnsConfig'), errors);
  for (const [index, { conditionType }] of listOf(spec.readinessGates).entries()) {
    checkText(
      isQualifiedName,
      conditionType,
      path.child('readinessGates').index(index).child('conditionType'),
      errors,
    );
  }
  if (spec.schedulingGates) checkGates(spec.schedulingGates, path.child('schedulingGates'), errors);
  if (spec.topologySpreadConstraints) {
    checkSpread(spec.topologySpreadConstraints, path.child('topologySpreadConstraints'), errors);
  }
  checkHostProcess(spec, path, errors);
  checkHostUsers(spec, path, errors);
  checkNames(spec, path, errors);
  checkOs(spec, path, errors);
}

const deadlineSecondsMax = 2 ** 31 - 1;

/** The simple fields at the end of the spec. */
function checkNames(spec: PodSpec, path: Path, errors: Errors): void {
  const { activeDeadlineSeconds: deadline, preemptionPolicy } = spec;
  if (spec.serviceAccountName)
    checkSubdomain(spec.serviceAccountName, path.child('serviceAccountName'), errors);
  if (spec.nodeName) checkSubdomain(spec.nodeName, path.child('nodeName'), errors);
  if (deadline !== undefined) {
    for (const message of isInRange(deadline, 1, deadlineSecondsMax)) {
      errors.push(invalid(path.child('activeDeadlineSeconds'), deadline, message));
    }
  }
  if (spec.hostname) checkLabel(spec.hostname, path.child('hostname'), errors);
  if (spec.hostnameOverride !== undefined)
    checkHostnameOverride(spec, path.child('hostnameOverride'), errors);
  if (spec.subdomain) checkLabel(spec.subdomain, path.child('subdomain'), errors);
  if (spec.tolerations) checkTolerations(spec.tolerations, path.child('tolerations'), errors);
  if (spec.hostAliases) checkHostAliases(spec.hostAliases, path.child('hostAliases'), errors);
  if (spec.priorityClassName)
    checkSubdomain(spec.priorityClassName, path.child('priorityClassName'), errors);
  if (spec.runtimeClassName !== undefined) {
    checkSubdomain(spec.runtimeClassName, path.child('runtimeClassName'), errors);
  }
  if (preemptionPolicy !== undefined) {
    checkRequiredChoice(
      preemptionPolicy,
      ['PreemptLowerPriority', 'Never'],
      path.child('preemptionPolicy'),
      errors,
    );
  }
  if (spec.overhead) checkOverhead(spec.overhead, path.child('overhead'), errors);
}

const hostnameLengthMax = 64;

function checkHostnameOverride(spec: PodSpec, path: Path, errors: Errors): void {
  const { hostnameOverride = '', hostNetwork, setHostnameAsFQDN } = spec;
  if (setHostnameAsFQDN)
    errors.push(forbidden(path, 'may not be set when `setHostnameAsFQDN` is true'));
  if (hostNetwork) errors.push(forbidden(path, 'may not be set when `hostNetwork` is true'));
  checkText(isDns1123Subdomain, hostnameOverride, path, errors);
  if (hostnameOverride.length > hostnameLengthMax) {
    errors.push(
      invalid(path, hostnameOverride, `must be no more than ${hostnameLengthMax} characters`),
    );
  }
}

function checkResourceClaims(
  claims: readonly PodResourceClaim[],
  path: Path,
  errors: Errors,
): void {
  const names = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const at = path.index(index);
    if (claim.name === '') errors.push(required(at.child('name')));
    else if (names.has(claim.name)) errors.push(duplicate(at.child('name'), claim.name));
    else checkLabel(claim.name, at.child('name'), errors);
    names.add(claim.name);
    checkClaimSource(claim, at, errors);
  }
}

function checkClaimSource(claim: PodResourceClaim, path: Path, errors: Errors): void {
  const { resourceClaimName, resourceClaimTemplateName } = claim;
  const shown = (): object => goForm(resourceClaimForm, claim);
  if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
    const text =
      'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
    errors.push(invalid(path, shown(), text));
  }
  if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
    const text = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
    errors.push(invalid(path, shown(), text));
  }
  if (resourceClaimName !== undefined)
    checkSubdomain(resourceClaimName, path.child('resourceClaimName'), errors);
  if (resourceClaimTemplateName !== undefined) {
    checkSubdomain(resourceClaimTemplateName, path.child('resourceClaimTemplateName'), errors);
  }
}

/** On the node's network a container has the node's ports. A template may leave them open until there is a pod. */
function checkHostNetworkPorts(
  spec: PodSpec,
  { isPod }: SpecHolder,
  path: Path,
  errors: Errors,
): void {
  for (const [index, { ports }] of listOf(spec.containers).entries()) {
    for (const [portIndex, { hostPort = 0, containerPort }] of listOf(ports).entries()) {
      if (hostPort === containerPort || (!isPod && hostPort === 0)) continue;
      const at = path.index(index).child('ports').index(portIndex).child('hostPort');
      errors.push(invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
    }
  }
}

const nameserversMax = 3;
const searchesMax = 32;
const searchesLengthMax = 2048;

function checkDns({ dnsPolicy, dnsConfig }: PodSpec, path: Path, errors: Errors): void {
  if (dnsPolicy === 'None') {
    if (!dnsConfig) {
      errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'));
      return;
    }
    if (listOf(dnsConfig.nameservers).length === 0) {
      const text = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      errors.push(required(path.child('nameservers'), text));
      return;
    }
  }
  if (dnsConfig) checkDnsConfig(dnsConfig, path, errors);
}

function checkDnsConfig(config: PodDNSConfig, path: Path, errors: Errors): void {
  const nameservers = listOf(config.nameservers);
  const searches = listOf(config.searches);
  const serversPath = path.child('nameservers');
  const searchesPath = path.child('searches');
  if (nameservers.length > nameserversMax) {
    errors.push(
      invalid(serversPath, nameservers, `must not have more than ${nameserversMax} nameservers`),
    );
  }
  nameservers.forEach((server, index) => checkIp(server, serversPath.index(index), errors));
  if (searches.length > searchesMax) {
    errors.push(
      invalid(searchesPath, searches, `must not have more than ${searchesMax} search paths`),
    );
  }
  if (searches.join(' ').length > searchesLengthMax) {
    const text = `must not have more than ${searchesLengthMax} characters (including spaces) in the search list`;
    errors.push(invalid(searchesPath, searches, text));
  }
  for (const [index, search] of searches.entries()) {
    if (search === '.') continue;
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    checkText(isDns1123SubdomainWithUnderscore, name, searchesPath.index(index), errors);
  }
  for (const [index, { name }] of listOf(config.options).entries()) {
    if (!name) errors.push(required(path.child('options').index(index), 'must not be empty'));
  }
}

function checkGates(gates: readonly PodSchedulingGate[], path: Path, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, { name }] of gates.entries()) {
    const at = path.index(index);
    checkText(isQualifiedName, name, at, errors);
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
  }
}

function checkHostAliases(aliases: readonly HostAlias[], path: Path, errors: Errors): void {
  for (const [index, { ip, hostnames }] of aliases.entries()) {
    const at = path.index(index);
    checkIp(ip, at.child('ip'), errors);
    for (const [nameIndex, name] of listOf(hostnames).entries()) {
      checkSubdomain(name, at.child('hostnames').index(nameIndex), errors);
    }
  }
}
