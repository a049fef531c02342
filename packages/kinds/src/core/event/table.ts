/** How events print: newest knowledge first, repeated ones with their count. */
import type { TableDefinition } from '@navarch/api/extension/resource';
import type { Event } from '@navarch/api/types/core/v1/event';
import { age } from '../../table/age.ts';
import { unknown } from '../../table/cells.ts';
import { column, nameColumn, wide } from '../../table/columns.ts';

export const eventTable: TableDefinition<Event> = {
  columns: [
    column('Last Seen', 'When it happened last.'),
    column('Type', 'How bad it is.'),
    column('Reason', 'What happened, in one word.'),
    column('Object', 'What it happened to.'),
    wide('Subobject', 'The part of the object.'),
    wide('Source', 'Who says so.'),
    column('Message', 'What happened.'),
    wide('First Seen', 'When it happened first.'),
    wide('Count', 'How often it happened.'),
    { ...nameColumn, priority: 1 },
  ],
  row: (event, nowMs) => {
    const first = firstSeen(event, nowMs);
    return [
      lastSeen(event, nowMs, first),
      event.type ?? '',
      event.reason ?? '',
      objectCell(event),
      event.involvedObject.fieldPath ?? '',
      sourceCell(event),
      (event.message ?? '').trim(),
      first,
      event.series ? (event.series.count ?? 0) : event.count || 1,
      event.metadata.name ?? '',
    ];
  },
};

function firstSeen(event: Event, nowMs: number): string {
  return event.firstTimestamp ? age(nowMs, event.firstTimestamp) : eventAge(event, nowMs);
}

function eventAge(event: Event, nowMs: number): string {
  return event.eventTime ? age(nowMs, event.eventTime) : unknown;
}

function lastSeen(event: Event, nowMs: number, first: string): string {
  if (event.series) return age(nowMs, event.series.lastObservedTime);
  return event.lastTimestamp ? age(nowMs, event.lastTimestamp) : first;
}

function objectCell({ involvedObject }: Event): string {
  const kind = (involvedObject.kind ?? '').toLowerCase();
  return involvedObject.name ? `${kind}/${involvedObject.name}` : kind;
}

/** `kubelet, node-1`. */
function sourceCell({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent;
  const host = source?.host || reportingInstance;
  return host ? `${component}, ${host}` : component;
}
