/** Times as API objects carry them, from milliseconds since the Unix epoch. */
import type { MicroTime, Time } from '@navarch/api/types/scalars';

/** Whole seconds: `2026-01-31T12:00:00Z`. */
export function timeText(wallMs: number): Time {
  return `${new Date(wallMs).toISOString().slice(0, 19)}Z`;
}

/** Six digits of a second: `2026-01-31T12:00:00.123000Z`. */
export function microTimeText(wallMs: number): MicroTime {
  return `${new Date(wallMs).toISOString().slice(0, -1)}000Z`;
}
