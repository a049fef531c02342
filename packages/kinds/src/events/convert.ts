/** The two forms of an event say the same under different names. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Event as CoreEvent } from '@navarch/api/types/core/v1/event';
import type { Event } from '@navarch/api/types/events/v1';

export function toCore(event: Event): CoreEvent {
  const { regarding, note, deprecatedSource: source, deprecatedCount: count } = event;
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: event.metadata,
    involvedObject: regarding ?? {},
    ...(event.reason && { reason: event.reason }),
    ...(note && { message: note }),
    source: source ?? {},
    ...timeMember('firstTimestamp', event.deprecatedFirstTimestamp),
    ...timeMember('lastTimestamp', event.deprecatedLastTimestamp),
    ...(count && { count }),
    ...(event.type && { type: event.type }),
    ...timeMember('eventTime', event.eventTime),
    ...(event.series && { series: event.series }),
    ...(event.action && { action: event.action }),
    ...(event.related && { related: event.related }),
    reportingComponent: event.reportingController ?? '',
    reportingInstance: event.reportingInstance ?? '',
  };
}

/** Only core events are ever stored under this resource. */
export function isCoreEvent(object: KubernetesObject): object is CoreEvent {
  return 'involvedObject' in object;
}

export function fromCore(object: KubernetesObject): Event {
  if (!isCoreEvent(object)) throw new Error(`not an event: ${object.kind ?? ''}`);
  const { source, count, related, series, involvedObject } = object;
  return {
    kind: 'Event',
    apiVersion: 'events.k8s.io/v1',
    metadata: object.metadata,
    eventTime: writtenTime(object.eventTime),
    ...(series && {
      series: { count: series.count ?? 0, lastObservedTime: writtenTime(series.lastObservedTime) },
    }),
    ...(object.reportingComponent && { reportingController: object.reportingComponent }),
    ...(object.reportingInstance && { reportingInstance: object.reportingInstance }),
    ...(object.action && { action: object.action }),
    ...(object.reason && { reason: object.reason }),
    regarding: involvedObject,
    ...(related && { related }),
    ...(object.message && { note: object.message }),
    ...(object.type && { type: object.type }),
    deprecatedSource: source ?? {},
    deprecatedFirstTimestamp: writtenTime(object.firstTimestamp),
    deprecatedLastTimestamp: writtenTime(object.lastTimestamp),
    ...(count && { deprecatedCount: count }),
  };
}

/** These times are written even when there is none: as null. */
function timeMember<Name extends string>(
  name: Name,
  time: string | null | undefined,
): { readonly [key in Name]?: string } {
  const member: { [key: string]: string } = { [name]: writtenTime(time) };
  return member as { readonly [key in Name]?: string };
}

function writtenTime(time: string | null | undefined): string {
  return (time ?? null) as string;
}
