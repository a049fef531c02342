/** The events that a kubelet records about a pod's containers. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Probe } from '@navarch/api/types/core/v1/probe';
import type { IntOrString } from '@navarch/api/types/scalars';
import type { EventDetails } from '@navarch/client/event-recorder';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Happening } from './container.ts';
import { pullError } from './image.ts';
import type { MountFailure } from './plan.ts';

export function mountEvent({ volume, problem }: MountFailure): EventDetails {
  return warning('FailedMount', `MountVolume.SetUp failed for volume "${volume}" : ${problem}`);
}

export function eventsOf(pod: Pod, happening: Happening): readonly EventDetails[] {
  const { container, image } = happening;
  switch (happening.kind) {
    case 'pulling':
      return [normal('Pulling', `Pulling image "${image}"`)];
    case 'pulled': {
      const took = `${happening.tookMs}ms`;
      const text = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${simulatedImageBytes} bytes.`;
      return [normal('Pulled', text)];
    }
    case 'present':
      return [
        normal(
          'Pulled',
          `Container image "${image}" already present on machine and can be accessed by the pod`,
        ),
      ];
    case 'created':
      return [normal('Created', 'Container created')];
    case 'started':
      return [normal('Started', 'Container started')];
    case 'unready':
      return unreadyEvents(pod, container);
    case 'stopping':
      return [normal('Killing', `Stopping container ${container}`)];
    case 'redefined':
      return [normal('Killing', `Container ${container} definition changed, will be restarted`)];
    case 'backingOff': {
      const { name, namespace, uid } = pod.metadata;
      const where = `${container} in pod ${name}_${namespace}(${uid})`;
      return [warning('BackOff', `Back-off restarting failed container ${where}`)];
    }
    case 'pullFailed':
      return [
        warning('Failed', `Failed to pull image "${image}": ${pullError(image)}`),
        warning('Failed', 'Error: ErrImagePull'),
      ];
    case 'pullBackOff':
      return [
        normal('BackOff', `Back-off pulling image "${image}"`),
        warning('Failed', 'Error: ImagePullBackOff'),
      ];
    case 'notConfigured':
      return [warning('Failed', `Error: ${happening.problem}`)];
  }
}

/** What a failing probe says; nothing when there is none that could fail. */
function unreadyEvents(pod: Pod, name: string): readonly EventDetails[] {
  const { containers, initContainers = [] } = pod.spec;
  const container = [...containers, ...initContainers].find((it) => it.name === name);
  const kind = container?.startupProbe ? 'Startup' : 'Readiness';
  const probe = container?.startupProbe ?? container?.readinessProbe;
  if (!probe) return [];
  return [warning('Unhealthy', `${kind} probe failed: ${probeError(probe, pod, container)}`)];
}

function probeError(probe: Probe, { status }: Pod, container: Container | undefined): string {
  const address = (port: IntOrString): string => {
    const named = container?.ports?.find(({ name }) => name === port)?.containerPort;
    return `${status?.podIP ?? ''}:${named ?? port}`;
  };
  if (probe.httpGet) {
    const { scheme = 'HTTP', path = '/', port } = probe.httpGet;
    const url = `${scheme.toLowerCase()}://${address(port)}${path}`;
    return `Get "${url}": dial tcp ${address(port)}: connect: connection refused`;
  }
  if (probe.tcpSocket)
    return `dial tcp ${address(probe.tcpSocket.port)}: connect: connection refused`;
  if (probe.grpc)
    return `timeout: failed to connect service "${address(probe.grpc.port)}" within 1s: context deadline exceeded`;
  return '';
}

const simulatedImageBytes = 10_000_000;

function normal(reason: string, message: string): EventDetails {
  return { type: 'Normal', reason, message };
}

function warning(reason: string, message: string): EventDetails {
  return { type: 'Warning', reason, message };
}
