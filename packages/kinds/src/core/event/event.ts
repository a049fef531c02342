/** Events: what components want people to know about an object. They vanish after an hour. */
import { isPathSegmentName } from '@navarch/api/names';
import type { ResourceParts } from '../../define.ts';
import { defineResource } from '../../define.ts';
import type { Event } from '@navarch/api/types/core/v1/event';
import { eventTable } from './table.ts';
import { validateEvent } from './validate.ts';

const hourS = 3600;

type Fields = NonNullable<ResourceParts<Event>['selectableFields']>;

const referenceFields = [
  'kind',
  'namespace',
  'name',
  'uid',
  'apiVersion',
  'resourceVersion',
  'fieldPath',
] as const;

/** The fields of the object that an event is about, under the name that each API version has for it. */
export function referenceSelectors(prefix: string): Fields {
  const selectors: Record<string, (event: Event) => string> = {};
  for (const field of referenceFields) {
    selectors[`${prefix}.${field}`] = (event) => event.involvedObject[field] ?? '';
  }
  return selectors;
}

/** Older components only say which source they are. */
function reporter(event: Event): string {
  return event.source?.component || event.reportingComponent;
}

export const events = defineResource<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  metadataChecksOnUpdate: { asNew: 0, asChanged: 0 },
  scope: 'Namespaced',
  createOnUpdate: true,
  validateName: isPathSegmentName,
  timeToLiveSeconds: hourS,
  defaultPropagation: 'never',
  validate: validateEvent,
  validateUpdate: validateEvent,
  selectableFields: {
    ...referenceSelectors('involvedObject'),
    reason: (event) => event.reason ?? '',
    reportingComponent: (event) => event.reportingComponent,
    source: reporter,
    type: (event) => event.type ?? '',
  },
  table: eventTable,
});
