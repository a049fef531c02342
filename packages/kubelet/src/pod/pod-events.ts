/** The events that a kubelet records about a pod's containers. */
import type { EventDetails } from '@navarch/client/event-recorder';
import type { Happening } from './container.ts';

export function eventsOf(happening: Happening): readonly EventDetails[] {
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
    case 'stopping':
      return [normal('Killing', `Stopping container ${container}`)];
    case 'backingOff':
      return [warning('BackOff', `Back-off restarting failed container ${container}`)];
    case 'pullFailed':
      return [
        warning('Failed', `Failed to pull image "${image}": simulated pull error`),
        warning('Failed', 'Error: ErrImagePull'),
      ];
  }
}

const simulatedImageBytes = 10_000_000;

function normal(reason: string, message: string): EventDetails {
  return { type: 'Normal', reason, message };
}

function warning(reason: string, message: string): EventDetails {
  return { type: 'Warning', reason, message };
}
