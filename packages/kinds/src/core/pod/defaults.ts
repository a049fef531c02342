/**
 * What a pod is when nobody says otherwise. `setPodSpecDefaults` is for pod specs anywhere, also inside the templates of
 * workloads; `setPodDefaults` adds what only real pods get, so that templates stay as their authors wrote them.
 */
import { Quantity } from '@navarch/api/quantity';
import type { Container, EphemeralContainer } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSpec, PodStatus } from '@navarch/api/types/core/v1/pod';
import type { LifecycleHandler, Probe } from '@navarch/api/types/core/v1/probe';
import type { ResourceList, ResourceRequirements } from '@navarch/api/types/core/v1/resources';
import type { Draft } from '@navarch/api/types/scalars';
import { imageTag } from './image-name.ts';
import { dropOldAnnotations } from './old-annotations.ts';
import { setPodResourceDefaults } from './pod-resources.ts';
import { sortedByKey } from './sorted.ts';
import { setFieldRefDefaults, setVolumeDefaults } from './volume-defaults.ts';

export function setPodDefaults(draft: Draft<Pod>): void {
  const { metadata, spec } = draft;
  dropOldAnnotations(metadata);
  setPodSpecDefaults(spec);
  // Negative values were accepted once, and always meant one second. Templates keep them.
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  for (const container of spec.containers ?? []) setRequests(container.resources);
  for (const container of spec.initContainers ?? []) setRequests(container.resources);
  setPodResourceDefaults(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) {
    for (const container of spec.containers ?? []) setHostPorts(container);
    for (const container of spec.initContainers ?? []) setHostPorts(container);
  }
  if (draft.status) setPodStatusDefaults(draft.status);
}

/** Defaults of a pod spec in a pod or in a template. */
export function setPodSpecDefaults(spec: Draft<PodSpec>): void {
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
  for (const container of spec.initContainers ?? []) setContainerDefaults(container);
  for (const container of spec.containers ?? []) setContainerDefaults(container);
  for (const container of spec.ephemeralContainers ?? []) setContainerDefaults(container);
  spec.restartPolicy ||= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ||= 'ClusterFirst';
  setServiceAccount(spec);
  spec.securityContext ??= {};
  spec.schedulerName ||= 'default-scheduler';
  if (spec.overhead) roundUp(spec.overhead);
}

/** The account has an old name and a new one; both are always written. */
function setServiceAccount(spec: Draft<PodSpec>): void {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name) return;
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
}

function setContainerDefaults(container: Draft<Container | EphemeralContainer>): void {
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
    if (valueFrom?.resourceFieldRef) setFieldRefDefaults(valueFrom.resourceFieldRef);
  }
  setProbeDefaults(container.livenessProbe);
  setProbeDefaults(container.readinessProbe);
  setProbeDefaults(container.startupProbe);
  setHandlerDefaults(container.lifecycle?.postStart);
  setHandlerDefaults(container.lifecycle?.preStop);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.imagePullPolicy ||=
    imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  if (container.resources) setResourceDefaults(container.resources);
}

function setProbeDefaults(probe: Draft<Probe> | undefined): void {
  if (!probe) return;
  setHandlerDefaults(probe);
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
}

function setHandlerDefaults(handler: Draft<Pick<LifecycleHandler, 'httpGet'>> | undefined): void {
  if (!handler?.httpGet) return;
  handler.httpGet.path ||= '/';
  handler.httpGet.scheme ||= 'HTTP';
}

function setResourceDefaults(resources: Draft<ResourceRequirements>): void {
  if (resources.limits) roundUp(resources.limits);
  if (resources.requests) roundUp(resources.requests);
}

/** Amounts finer than a thousandth are rounded up to one. Only such suffixes can be finer once an amount is canonical. */
export function roundUp(list: Draft<ResourceList>): void {
  for (const [name, amount] of Object.entries(list)) {
    if (!/[nu]$|\./.test(amount) && !/e-/i.test(amount)) continue;
    const quantity = Quantity.parse(amount);
    const whole = quantity.nanos % 1_000_000n;
    if (whole === 0n) continue;
    list[name] = new Quantity(roundAway(quantity.nanos), quantity.format).toString();
  }
}

function roundAway(nanos: bigint): bigint {
  const milli = 1_000_000n;
  if (nanos >= 0n) return ((nanos + milli - 1n) / milli) * milli;
  return -(((-nanos + milli - 1n) / milli) * milli);
}

/** A container that says how much it may have, and not how much it needs, needs all of it. */
function setRequests(resources: Draft<ResourceRequirements> | undefined): void {
  if (!resources?.limits) return;
  const requests = { ...resources.limits, ...resources.requests };
  resources.requests = sortedByKey(requests);
}

/** On the node's network a container's port is the node's port. */
function setHostPorts(container: Draft<Container>): void {
  for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
}

/** The single address and the list say the same thing; when they disagree, the single one wins, as old kubelets know only that. */
export function setPodStatusDefaults(status: Draft<PodStatus>): void {
  const { podIP, podIPs } = status;
  if (podIP && podIPs?.[0]?.ip !== podIP) status.podIPs = [{ ip: podIP }];
  else if (!podIP && podIPs?.[0]?.ip) status.podIP = podIPs[0].ip;
}
