/** The kinds of group events.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { eventsOfEventsGroup } from './event.ts';

export const eventsResources: readonly ResourceDefinition[] = [eventsOfEventsGroup];
