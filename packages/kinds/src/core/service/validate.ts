/** Rules for services. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type { Service, ServicePort, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import {
  checkChoice,
  checkLabel,
  checkLabels,
  checkPort,
  checkPortNumber,
  checkQualifiedName,
  checkRequiredChoice,
  checkSubdomain,
  checkUnique,
  type Errors,
} from '../checks.ts';
import { protocols } from '../endpoints/endpoints.ts';
import { checkCidr, checkIp, checkNonSpecialIp } from '../ip.ts';
import { isExternallyAccessible, isHeadless, needsHealthCheckPort } from './traits.ts';
import { clusterIpErrors } from './validate-cluster-ips.ts';

const specPath = Path.of('spec');
const portsPath = specPath.child('ports');
const types: readonly string[] = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const affinities: readonly string[] = ['ClientIP', 'None'];
const trafficPolicies: readonly string[] = ['Cluster', 'Local'];
const distributions: readonly string[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const affinitySecondsMax = 86_400;
const kubeletPort = 10_250;
const loadBalancerText = "may only be used when `type` is 'LoadBalancer'";
const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Mistakes about addresses are told alone: they are found while addresses are given out, before all else is looked at. */
export function validateService(service: Service): readonly FieldError[] {
  const early = clusterIpErrors(service.spec);
  return early.length > 0 ? early : serviceErrors(service);
}

export function serviceErrors(service: Service): Errors {
  const errors: Errors = [];
  const { spec } = service;
  checkAnnotations(service, errors);
  if (listOf(spec.ports).length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') {
    errors.push(required(portsPath));
  }
  checkType(spec, errors);
  checkPorts(listOf(spec.ports), errors);
  checkLabels(spec.selector, specPath.child('selector'), errors);
  checkAffinity(spec, errors);
  checkExternalIps(listOf(spec.externalIPs), errors);
  checkRequiredChoice(spec.type, types, specPath.child('type'), errors);
  checkPortsTogether(spec, errors);
  checkLoadBalancer(service, errors);
  checkTraffic(spec, errors);
  return errors;
}

/** Two annotations that once meant the same must not disagree. */
function checkAnnotations({ metadata }: Service, errors: Errors): void {
  const hints = metadata.annotations?.['service.kubernetes.io/topology-aware-hints'];
  const mode = metadata.annotations?.['service.kubernetes.io/topology-mode'];
  if (hints === undefined || mode === undefined || hints === mode) return;
  const path = Path.of('metadata', 'annotations').key('service.kubernetes.io/topology-mode');
  const text =
    'must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified';
  errors.push(invalid(path, mode, text));
}

function checkType(spec: ServiceSpec, errors: Errors): void {
  const { type = '' } = spec;
  if (type === 'ExternalName') {
    checkExternalName(spec, errors);
    return;
  }
  if (type === 'LoadBalancer') {
    for (const [index, { port }] of listOf(spec.ports).entries()) {
      if (port !== kubeletPort) continue;
      const text = `may not expose port ${kubeletPort} externally since it is used by kubelet`;
      errors.push(invalid(portsPath.index(index), port, text));
    }
  }
  if (isHeadless(spec) && (type === 'LoadBalancer' || type === 'NodePort')) {
    const path = specPath.child('clusterIPs').index(0);
    errors.push(invalid(path, 'None', `may not be set to 'None' for ${type} services`));
  }
}

function checkExternalName(spec: ServiceSpec, errors: Errors): void {
  const text = 'may not be set for ExternalName services';
  if (listOf(spec.clusterIPs).length > 0)
    errors.push(forbidden(specPath.child('clusterIPs'), text));
  if (listOf(spec.ipFamilies).length > 0)
    errors.push(forbidden(specPath.child('ipFamilies'), text));
  if (spec.ipFamilyPolicy !== undefined) {
    errors.push(forbidden(specPath.child('ipFamilyPolicy'), text));
  }
  // A dot at the end says that the name is complete.
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  const path = specPath.child('externalName');
  if (name === '') errors.push(required(path));
  else checkSubdomain(name, path, errors);
}

function checkPorts(ports: readonly ServicePort[], errors: Errors): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const path = portsPath.index(index);
    if (port.name) {
      checkLabel(port.name, path.child('name'), errors);
      checkUnique(port.name, names, path.child('name'), errors);
    } else if (ports.length > 1) {
      errors.push(required(path.child('name')));
    }
    checkPortNumber(port.port, path.child('port'), errors);
    checkRequiredChoice(port.protocol, protocols, path.child('protocol'), errors);
    checkPort(port.targetPort, path.child('targetPort'), errors);
    if (port.appProtocol !== undefined) {
      checkQualifiedName(port.appProtocol, path.child('appProtocol'), errors);
    }
  }
}

function checkAffinity(
  { sessionAffinity, sessionAffinityConfig }: ServiceSpec,
  errors: Errors,
): void {
  checkRequiredChoice(sessionAffinity, affinities, specPath.child('sessionAffinity'), errors);
  const path = specPath.child('sessionAffinityConfig');
  if (sessionAffinity === 'None' && sessionAffinityConfig !== undefined) {
    errors.push(forbidden(path, 'must not be set when session affinity is None'));
  }
  if (sessionAffinity !== 'ClientIP') return;
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined) {
    errors.push(required(path, 'when session affinity type is ClientIP'));
  } else if (seconds <= 0 || seconds > affinitySecondsMax) {
    const text = `must be greater than 0 and less than ${affinitySecondsMax}`;
    errors.push(invalid(path.child('clientIP', 'timeoutSeconds'), seconds, text));
  }
}

function checkExternalIps(ips: readonly string[], errors: Errors): void {
  for (const [index, ip] of ips.entries()) {
    const path = specPath.child('externalIPs').index(index);
    if (checkIp(ip, path, errors)) checkNonSpecialIp(ip, path, errors);
  }
}

function checkPortsTogether({ type, ports }: ServiceSpec, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, { nodePort }] of listOf(ports).entries()) {
    if (type !== 'ClusterIP' || !nodePort) continue;
    const path = portsPath.index(index).child('nodePort');
    errors.push(forbidden(path, "may not be used when `type` is 'ClusterIP'"));
  }
  for (const [index, { port, protocol = '' }] of listOf(ports).entries()) {
    const key = `${protocol} ${port}`;
    if (seen.has(key)) errors.push(duplicate(portsPath.index(index), shownPort(protocol, port)));
    seen.add(key);
  }
}

/** A port as the message shows it: nothing of it but what is repeated. */
function shownPort(protocol: string, port: number): object {
  return {
    Name: '',
    Protocol: protocol,
    AppProtocol: null,
    Port: port,
    TargetPort: 0,
    NodePort: 0,
  };
}

function checkLoadBalancer(service: Service, errors: Errors): void {
  const { spec } = service;
  const isLoadBalancer = spec.type === 'LoadBalancer';
  checkSourceRanges(service, errors);
  const flagPath = specPath.child('allocateLoadBalancerNodePorts');
  if (spec.allocateLoadBalancerNodePorts === undefined) {
    if (isLoadBalancer) errors.push(required(flagPath));
  } else if (!isLoadBalancer) {
    errors.push(forbidden(flagPath, loadBalancerText));
  }
  if (spec.loadBalancerClass === undefined) return;
  const classPath = specPath.child('loadBalancerClass');
  if (isLoadBalancer) checkQualifiedName(spec.loadBalancerClass, classPath, errors);
  else errors.push(forbidden(classPath, loadBalancerText));
}

/** In the field, or in the annotation that was there before it. Spaces around ranges have always been overlooked. */
function checkSourceRanges({ spec, metadata }: Service, errors: Errors): void {
  const ranges = listOf(spec.loadBalancerSourceRanges);
  const annotation = metadata.annotations?.[sourceRangesAnnotation];
  if (ranges.length === 0 && annotation === undefined) return;
  const inField = ranges.length > 0;
  const path = inField
    ? specPath.child('LoadBalancerSourceRanges')
    : Path.of('metadata', 'annotations').key(sourceRangesAnnotation);
  if (spec.type !== 'LoadBalancer') errors.push(forbidden(path, loadBalancerText));
  if (inField) {
    ranges.forEach((range, index) => checkCidr(range.trim(), path.index(index), errors));
  } else if (annotation?.trim()) {
    for (const range of annotation.split(',')) checkCidr(range.trim(), path, errors);
  }
}

function checkTraffic(spec: ServiceSpec, errors: Errors): void {
  const { externalTrafficPolicy = '', internalTrafficPolicy, healthCheckNodePort = 0 } = spec;
  const externalPath = specPath.child('externalTrafficPolicy');
  if (isExternallyAccessible(spec)) {
    checkRequiredChoice(externalTrafficPolicy, trafficPolicies, externalPath, errors);
  } else if (externalTrafficPolicy !== '') {
    const text = 'may only be set for externally-accessible services';
    errors.push(invalid(externalPath, externalTrafficPolicy, text));
  }
  // When there is none yet, it is allocated after this.
  if (healthCheckNodePort !== 0) checkHealthPort(spec, healthCheckNodePort, errors);
  const internalPath = specPath.child('internalTrafficPolicy');
  if (internalTrafficPolicy !== undefined) {
    checkChoice(internalTrafficPolicy, trafficPolicies, internalPath, errors);
  }
  if (spec.trafficDistribution !== undefined && !distributions.includes(spec.trafficDistribution)) {
    const path = specPath.child('trafficDistribution');
    errors.push(notSupported(path, spec.trafficDistribution, distributions));
  }
}

function checkHealthPort(spec: ServiceSpec, port: number, errors: Errors): void {
  const path = specPath.child('healthCheckNodePort');
  if (needsHealthCheckPort(spec)) {
    checkPortNumber(port, path, errors);
    return;
  }
  const text =
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  errors.push(invalid(path, port, text));
}
