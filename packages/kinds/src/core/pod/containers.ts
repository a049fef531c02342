/** Rules for the containers of a pod: those that do its work, those that prepare it, and those that debug it. */
import {
  duplicate,
  forbidden,
  invalid,
  notFound,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  EphemeralContainer,
} from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { checkLabel, checkPortNumber, checkRequiredChoice, type Errors } from '../checks.ts';
import { isPortName } from '@navarch/api/names';
import { checkEnv, checkEnvFrom } from './environment.ts';
import { checkMounts } from './mounts.ts';
import { checkHooks } from './probes.ts';
import { checkContainerResources } from './resources.ts';
import { checkRestartRules } from './restart-rules.ts';
import type { PodScope } from './scope.ts';
import { checkContainerSecurity } from './security.ts';
import { isSidecar } from './table.ts';
import { pullPolicies } from './volume-sources.ts';

export function checkContainers(spec: PodSpec, path: Path, scope: PodScope): void {
  const containers = listOf(spec.containers);
  checkMain(containers, path.child('containers'), scope);
  checkInit(listOf(spec.initContainers), containers, path.child('initContainers'), scope);
  checkEphemeral(spec, path.child('ephemeralContainers'), scope);
}

function checkMain(containers: readonly Container[], path: Path, scope: PodScope): void {
  const { errors } = scope;
  if (containers.length === 0) {
    errors.push(required(path));
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = path.index(index);
    checkContainer(container, at, scope);
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    checkHooks(container, at, scope);
    checkRestartRules(container, at, errors);
  }
  checkHostPorts(containers, path, errors);
}

const plainInitText = 'may not be set for init containers without restartPolicy=Always';

function checkInit(
  containers: readonly Container[],
  main: readonly Container[],
  path: Path,
  scope: PodScope,
): void {
  const { errors } = scope;
  const names = new Set(main.map(({ name }) => name));
  for (const [index, container] of containers.entries()) {
    const at = path.index(index);
    checkContainer(container, at, scope);
    checkRestartRules(container, at, errors);
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    else if (container.name !== '') names.add(container.name);
    // They run one after the other, so each may use the same port again.
    checkHostPorts([container], path, errors);
    if (isSidecar(container)) {
      checkHooks(container, at, scope);
      continue;
    }
    for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[name] !== undefined) errors.push(forbidden(at.child(name), plainInitText));
    }
  }
}

/** Debugging must not change what the pod does, so that these may have less than others. In the order of messages. */
const refusedForEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

const ephemeralText = 'cannot be set for an Ephemeral Container';

function checkEphemeral(spec: PodSpec, path: Path, scope: PodScope): void {
  const { errors } = scope;
  const others = new Set(
    [...listOf(spec.containers), ...listOf(spec.initContainers)].map(({ name }) => name),
  );
  const names = new Set(others);
  for (const [index, container] of listOf(spec.ephemeralContainers).entries()) {
    const at = path.index(index);
    const { name, targetContainerName } = container;
    checkContainer(container, at, scope);
    checkImageSpace(container.image ?? '', at.child('image'), errors);
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
    if (targetContainerName && !others.has(targetContainerName)) {
      errors.push(notFound(at.child('targetContainerName'), targetContainerName));
    }
    checkRefused(container, at, errors);
  }
}

function checkRefused(container: EphemeralContainer, path: Path, errors: Errors): void {
  for (const name of refusedForEphemeral) {
    if (isSet(container[name])) errors.push(forbidden(path.child(name), ephemeralText));
  }
  for (const [index, mount] of listOf(container.volumeMounts).entries()) {
    const at = path.child('volumeMounts').index(index);
    if (mount.subPath) errors.push(forbidden(at.child('subPath'), ephemeralText));
    if (mount.subPathExpr) errors.push(forbidden(at.child('subPathExpr'), ephemeralText));
  }
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

const messagePolicies: readonly string[] = ['File', 'FallbackToLogsOnError'];

/** What holds for containers of all kinds. */
function checkContainer(container: Container, path: Path, scope: PodScope): void {
  const { errors } = scope;
  if (container.name === '') errors.push(required(path.child('name')));
  else checkLabel(container.name, path.child('name'), errors);
  if (!container.image) errors.push(required(path.child('image')));
  const policyPath = path.child('terminationMessagePolicy');
  checkRequiredChoice(container.terminationMessagePolicy, messagePolicies, policyPath, errors);
  if (container.ports) checkPorts(container.ports, path.child('ports'), errors);
  if (container.env) checkEnv(container.env, path.child('env'), scope);
  if (container.envFrom) checkEnvFrom(container.envFrom, path.child('envFrom'), errors);
  checkMounts(container, path, scope);
  checkRequiredChoice(
    container.imagePullPolicy,
    pullPolicies,
    path.child('imagePullPolicy'),
    errors,
  );
  checkContainerResources(container.resources, scope.claimNames, path.child('resources'), errors);
  checkResizePolicy(listOf(container.resizePolicy), path.child('resizePolicy'), scope);
  if (container.securityContext) {
    checkContainerSecurity(container.securityContext, path.child('securityContext'), scope);
  }
}

/** Only asked of pods: templates have always been allowed to have it. */
export function checkImageSpace(image: string, path: Path, errors: Errors): void {
  if (image.trim() === image) return;
  errors.push(invalid(path, image, 'must not have leading or trailing whitespace'));
}

const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];

function checkPorts(ports: readonly ContainerPort[], path: Path, errors: Errors): void {
  const names = new Set<string>();
  for (const [index, { name, containerPort, hostPort, protocol }] of ports.entries()) {
    const at = path.index(index);
    if (name) checkPortName(name, names, at.child('name'), errors);
    if (containerPort === 0) errors.push(required(at.child('containerPort')));
    else checkPortNumber(containerPort, at.child('containerPort'), errors);
    if (hostPort) checkPortNumber(hostPort, at.child('hostPort'), errors);
    checkRequiredChoice(protocol, protocols, at.child('protocol'), errors);
  }
}

function checkPortName(name: string, names: Set<string>, path: Path, errors: Errors): void {
  const messages = isPortName(name);
  for (const message of messages) errors.push(invalid(path, name, message));
  if (messages.length > 0) return;
  if (names.has(name)) errors.push(duplicate(path, name));
  names.add(name);
}

/** Each port of the node once. */
function checkHostPorts(containers: readonly Container[], path: Path, errors: Errors): void {
  const taken = new Set<string>();
  for (const [index, { ports }] of containers.entries()) {
    for (const [portIndex, { hostPort, hostIP = '', protocol }] of listOf(ports).entries()) {
      if (!hostPort) continue;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      const at = path.index(index).child('ports').index(portIndex).child('hostPort');
      if (taken.has(key)) errors.push(duplicate(at, key));
      taken.add(key);
    }
  }
}

const resizable: readonly string[] = ['cpu', 'memory'];
const resizeRestarts: readonly string[] = ['NotRequired', 'RestartContainer'];

function checkResizePolicy(
  policies: readonly ContainerResizePolicy[],
  path: Path,
  scope: PodScope,
): void {
  const { errors, restartPolicy: podPolicy } = scope;
  const seen = new Set<string>();
  for (const [index, { resourceName, restartPolicy }] of policies.entries()) {
    if (seen.has(resourceName)) errors.push(duplicate(path.index(index), resourceName));
    seen.add(resourceName);
    if (resourceName === '') errors.push(required(path));
    else if (!resizable.includes(resourceName))
      errors.push(notSupported(path, resourceName, resizable));
    checkRequiredChoice(restartPolicy, resizeRestarts, path, errors);
    if (podPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      const text = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(path, restartPolicy, text));
    }
  }
}
