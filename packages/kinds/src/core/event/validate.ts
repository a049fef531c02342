/**
 * What holds for events. An event without an event time is of the old form, of which little is asked. Those written through
 * events.k8s.io are held to the rules of that group: they are complete, of a known type, and only their series changes.
 */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain, isPathSegmentName, isQualifiedName } from '@navarch/api/names';
import { structOf } from '@navarch/api/schema/registry';
import type { Event } from '@navarch/api/types/core/v1/event';
import { semanticallyEqual } from '../../equal.ts';
import { goMember } from '../go-value.ts';
import { textSize } from '../sizes.ts';

const wordBytesMax = 128;
const noteBytesMax = 1024;
const types = ['Normal', 'Warning'];

/** The rules for events of the core group. */
export function validateEvent(event: Event): FieldError[] {
  return formErrors(event, 'reportingComponent');
}

/** The rules for all events; each group has its own name for who reports. */
function formErrors(
  event: Event,
  reporter: 'reportingComponent' | 'reportingController',
): FieldError[] {
  const { namespace = '' } = event.metadata;
  return [
    ...(event.eventTime ? newFormErrors(event, reporter) : oldFormErrors(event)),
    ...isDns1123Subdomain(namespace).map((d) => invalid(Path.of('namespace'), namespace, d)),
  ];
}

/** The rules for new events of events.k8s.io. */
export function validateStrictEvent(event: Event): FieldError[] {
  const errors = [
    ...formErrors(event, 'reportingController'),
    ...nameErrors(event),
    ...seriesErrors(event),
  ];
  if (!event.eventTime) errors.push(required(Path.of('eventTime')));
  if (!types.includes(event.type ?? '')) {
    errors.push(invalid(Path.of('type'), '', `has invalid value: ${event.type ?? ''}`));
  }
  const unset = (name: string) => errors.push(invalid(Path.of(name), '', 'needs to be unset'));
  if (event.firstTimestamp) unset('firstTimestamp');
  if (event.lastTimestamp) unset('lastTimestamp');
  if (event.count) unset('count');
  if (event.source?.component || event.source?.host) unset('source');
  return errors;
}

/** What cannot be part of a path has been refused with the rest of the metadata. */
function nameErrors({ metadata: { name = '' } }: Event): FieldError[] {
  if (isPathSegmentName(name).length > 0) return [];
  const at = Path.of('metadata', 'name');
  return isDns1123Subdomain(name).map((detail) => invalid(at, name, detail));
}

/** Members that never change, under the names by which they are reported, in order. Upstream reports one of them twice. */
const fixed = [
  ['involvedObject', 'involvedObject'],
  ['reason', 'reason'],
  ['message', 'message'],
  ['source', 'source'],
  ['firstTimestamp', 'firstTimestamp'],
  ['lastTimestamp', 'lastTimestamp'],
  ['count', 'count'],
  ['reason', 'reason'],
  ['type', 'type'],
  ['eventTime', 'eventTime'],
  ['action', 'action'],
  ['related', 'related'],
  ['reportingController', 'reportingComponent'],
  ['reportingInstance', 'reportingInstance'],
] as const;

/** The rules for changes made through events.k8s.io. */
export function validateStrictEventUpdate(event: Event, stored: Event): FieldError[] {
  const errors = formErrors(event, 'reportingController');
  if (!semanticallyEqual(event.series, stored.series)) errors.push(...seriesErrors(event));
  for (const [name, member] of fixed) {
    if (semanticallyEqual(event[member], stored[member])) continue;
    errors.push(invalid(Path.of(name), shown(event, member), 'field is immutable'));
  }
  return errors;
}

/** As the server's own type prints it, also when there is nothing. */
function shown(event: Event, member: keyof Event): unknown {
  const field = structOf('core/v1.Event').byName.get(member);
  return field ? goMember(field, event[member]) : null;
}

/** An event lives where its object lives; those of the cluster's own objects in `default`. */
function oldFormErrors({ metadata, involvedObject }: Event): FieldError[] {
  const { namespace = '' } = metadata;
  const about = involvedObject.namespace ?? '';
  const fits = about === '' ? ['', 'default'].includes(namespace) : about === namespace;
  return fits ? [] : [namespaceError(about)];
}

function newFormErrors(event: Event, reporter: string): FieldError[] {
  const about = event.involvedObject.namespace ?? '';
  const clusterHomes = ['default', 'kube-system'];
  const fits = about !== '' || clusterHomes.includes(event.metadata.namespace ?? '');
  return [
    ...(fits ? [] : [namespaceError(about)]),
    ...reporterErrors(event.reportingComponent, Path.of(reporter)),
    ...wordErrors(event.reportingInstance, 'reportingInstance'),
    ...wordErrors(event.action ?? '', 'action'),
    ...wordErrors(event.reason ?? '', 'reason'),
    ...lengthErrors(event.message ?? '', 'message', noteBytesMax),
  ];
}

function namespaceError(about: string): FieldError {
  return invalid(Path.of('involvedObject', 'namespace'), about, 'does not match event.namespace');
}

function reporterErrors(name: string, path: Path): FieldError[] {
  const missing = name === '' ? [required(path)] : [];
  return [...missing, ...isQualifiedName(name).map((detail) => invalid(path, name, detail))];
}

function wordErrors(text: string, name: string): FieldError[] {
  return text === '' ? [required(Path.of(name))] : lengthErrors(text, name, wordBytesMax);
}

function lengthErrors(text: string, name: string, bytesMax: number): FieldError[] {
  if (textSize(text) <= bytesMax) return [];
  return [invalid(Path.of(name), '', `can have at most ${bytesMax} characters`)];
}

function seriesErrors({ series }: Event): FieldError[] {
  if (!series) return [];
  const errors: FieldError[] = [];
  if ((series.count ?? 0) < 2) errors.push(invalid('series.count', '', 'should be at least 2'));
  if (!series.lastObservedTime) errors.push(required('series.lastObservedTime'));
  return errors;
}
