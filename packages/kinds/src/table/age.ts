/** Lengths of time as kubectl prints them: coarse, short, and never longer than two units. */

const minuteS = 60;
const hourS = 60 * minuteS;
const dayS = 24 * hourS;
const yearS = 365 * dayS;

/** How long ago `time` was; `<unknown>` when there is none. */
export function age(nowMs: number, time: string | undefined): string {
  const thenMs = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(thenMs) ? '<unknown>' : humanDuration(nowMs - thenMs);
}

/** `90s`, `5m30s`, `12m`, `3h5m`, `2d4h`, `300d`, `3y20d`. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * minuteS) return `${seconds}s`;
  if (seconds < 10 * minuteS) return two(seconds, minuteS, 'm', 1, 's');
  if (seconds < 3 * hourS) return one(seconds, minuteS, 'm');
  if (seconds < 8 * hourS) return two(seconds, hourS, 'h', minuteS, 'm');
  if (seconds < 2 * dayS) return one(seconds, hourS, 'h');
  if (seconds < 8 * dayS) return two(seconds, dayS, 'd', hourS, 'h');
  if (seconds < 2 * yearS) return one(seconds, dayS, 'd');
  if (seconds < 8 * yearS) return two(seconds, yearS, 'y', dayS, 'd');
  return one(seconds, yearS, 'y');
}

function one(seconds: number, unitS: number, unit: string): string {
  return `${Math.floor(seconds / unitS)}${unit}`;
}

/** The second unit is left out when it is zero. */
function two(seconds: number, bigS: number, big: string, smallS: number, small: string): string {
  const rest = Math.floor((seconds % bigS) / smallS);
  return rest === 0 ? one(seconds, bigS, big) : `${one(seconds, bigS, big)}${rest}${small}`;
}
