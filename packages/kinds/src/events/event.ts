/** Events in their newer form: a view of the core group's. */
import type { ResourceParts } from '../define.ts';
import { defineResource } from '../define.ts';
import type { Event as CoreEvent } from '@navarch/api/types/core/v1/event';
import type { Event } from '@navarch/api/types/events/v1';
import { referenceSelectors } from '../core/event/event.ts';
import { eventTable } from '../core/event/table.ts';
import { validateStrictEvent, validateStrictEventUpdate } from '../core/event/validate.ts';
import { fromCore, isCoreEvent, toCore } from './convert.ts';

type Selectors = NonNullable<ResourceParts<Event>['selectableFields']>;

export const eventsOfEventsGroup = defineResource<Event>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  scope: 'Namespaced',
  createOnUpdate: true,
  viewOf: {
    group: '',
    version: 'v1',
    plural: 'events',
    toStored: toCore,
    fromStored: fromCore,
    validate: (event) => (isCoreEvent(event) ? validateStrictEvent(event) : []),
    validateUpdate: (event, stored) =>
      isCoreEvent(event) && isCoreEvent(stored) ? validateStrictEventUpdate(event, stored) : [],
  },
  selectableFields: onStored({
    ...referenceSelectors('regarding'),
    reason: (event) => event.reason ?? '',
    reportingController: (event) => event.reportingComponent,
    type: (event) => event.type ?? '',
  }),
  table: {
    columns: eventTable.columns,
    row: (event, nowMs) => eventTable.row(toCore(event), nowMs),
  },
});

/** The same selectors over the newer form. */
function onStored(selectors: Readonly<Record<string, (event: CoreEvent) => string>>): Selectors {
  return Object.fromEntries(
    Object.entries(selectors).map(([name, select]) => [
      name,
      (event: Event) => select(toCore(event)),
    ]),
  );
}
