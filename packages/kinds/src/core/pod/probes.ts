/** Rules for probes and lifecycle hooks: what the kubelet runs, calls or dials. */
import { forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isHttpHeaderName } from '@navarch/api/names';
import type { Container } from '@navarch/api/types/core/v1/container';
import type {
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
  ProbeHandler,
} from '@navarch/api/types/core/v1/probe';
import { listOf } from '../../nil.ts';
import { checkChoice, checkNonNegative, checkPort, checkText, type Errors } from '../checks.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import type { PodScope } from './scope.ts';

export function checkHooks(container: Container, path: Path, scope: PodScope): void {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  if (lifecycle) checkLifecycle(lifecycle, path.child('lifecycle'), scope);
  if (livenessProbe) checkOnceProbe(livenessProbe, path.child('livenessProbe'), scope);
  if (readinessProbe) checkReadinessProbe(readinessProbe, path.child('readinessProbe'), scope);
  if (startupProbe) checkOnceProbe(startupProbe, path.child('startupProbe'), scope);
}

function checkLifecycle({ postStart, preStop }: Lifecycle, path: Path, scope: PodScope): void {
  if (postStart) checkHandler(postStart, path.child('postStart'), scope);
  if (preStop) checkHandler(preStop, path.child('preStop'), scope);
}

/** Liveness and startup end with the first success. */
function checkOnceProbe(probe: Probe, path: Path, scope: PodScope): void {
  checkProbe(probe, path, scope);
  const { successThreshold = 0 } = probe;
  if (successThreshold === 1) return;
  scope.errors.push(invalid(path.child('successThreshold'), successThreshold, 'must be 1'));
}

function checkReadinessProbe(probe: Probe, path: Path, scope: PodScope): void {
  checkProbe(probe, path, scope);
  const { terminationGracePeriodSeconds: grace } = probe;
  if (grace === undefined) return;
  const at = path.child('terminationGracePeriodSeconds');
  scope.errors.push(invalid(at, grace, 'must not be set for readinessProbes'));
}

const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

function checkProbe(probe: Probe, path: Path, scope: PodScope): void {
  checkHandler(probe, path, scope);
  for (const name of probeNumbers) {
    const value = probe[name];
    if (value !== undefined && value < 0) checkNonNegative(value, path.child(name), scope.errors);
  }
  const { terminationGracePeriodSeconds: grace } = probe;
  if (grace === undefined || grace > 0) return;
  const at = path.child('terminationGracePeriodSeconds');
  scope.errors.push(invalid(at, grace, 'must be greater than 0'));
}

type Handler = ProbeHandler & LifecycleHandler;

const handlers: readonly {
  readonly name: keyof Handler;
  check(handler: Handler, path: Path, scope: PodScope): void;
}[] = [
  {
    name: 'exec',
    check: ({ exec }, path, { errors }) => {
      if (listOf(exec?.command).length === 0) errors.push(required(path.child('command')));
    },
  },
  {
    name: 'httpGet',
    check: ({ httpGet }, path, { errors }) => {
      if (httpGet) checkHttpGet(httpGet, path, errors);
    },
  },
  {
    name: 'tcpSocket',
    check: ({ tcpSocket }, path, { errors }) =>
      checkPort(tcpSocket?.port, path.child('port'), errors),
  },
  {
    name: 'grpc',
    check: ({ grpc }, path, { errors }) => checkPort(grpc?.port, path.child('port'), errors),
  },
  {
    name: 'sleep',
    check: ({ sleep }, path, scope) => checkSleep(sleep?.seconds ?? 0, path, scope),
  },
];

function checkHandler(handler: Handler, path: Path, scope: PodScope): void {
  let found = false;
  for (const rule of handlers) {
    if (handler[rule.name] === undefined) continue;
    const at = path.child(rule.name);
    if (found) scope.errors.push(forbidden(at, 'may not specify more than 1 handler type'));
    else rule.check(handler, at, scope);
    found = true;
  }
  if (!found) scope.errors.push(required(path, 'must specify a handler type'));
}

const schemes: readonly string[] = ['HTTP', 'HTTPS'];

function checkHttpGet(action: HTTPGetAction, path: Path, errors: Errors): void {
  if (!action.path) errors.push(required(path.child('path')));
  checkPort(action.port, path.child('port'), errors);
  checkChoice(action.scheme ?? '', schemes, path.child('scheme'), errors);
  for (const { name } of listOf(action.httpHeaders)) {
    checkText(isHttpHeaderName, name, path.child('httpHeaders'), errors);
  }
}

/** Longer than the pod may take to end would be cut off anyway. */
function checkSleep(seconds: Int64, path: Path, { graceSeconds, errors }: PodScope): void {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return;
  const text = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
  errors.push(invalid(path, seconds, text));
}
