/** Whether a cron schedule can be read, in the words of the parser that Kubernetes has always used (robfig/cron). */
import { parseDuration } from '@navarch/api/duration';
import { TimeError } from '@navarch/api/time';
import { isTimeZone } from './time-zone.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: ReadonlyMap<string, number>;
}

const numbered = (text: string, first: number) =>
  new Map(text.split(' ').map((name, i) => [name, i + first] as const));

/** Minute, hour, day of the month, month, day of the week. */
const fields: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: numbered('jan feb mar apr may jun jul aug sep oct nov dec', 1) },
  { min: 0, max: 6, names: numbered('sun mon tue wed thu fri sat', 0) },
];

const descriptors = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

/** What is wrong with a schedule; undefined when it can be read. */
export function scheduleProblem(schedule: string): string | undefined {
  const zoned = /^(?:TZ|CRON_TZ)=(\S*)\s*(.*)$/s.exec(schedule);
  if (!zoned) return unzonedProblem(schedule);
  const [, zone = '', rest = ''] = zoned;
  if (!isTimeZone(zone)) return `provided bad location ${zone}: unknown time zone ${zone}`;
  return unzonedProblem(rest.trim());
}

function unzonedProblem(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const texts = schedule.split(/\s+/).filter((text) => text !== '');
  if (texts.length !== fields.length) {
    return `expected exactly ${fields.length} fields, found ${texts.length}: [${texts.join(' ')}]`;
  }
  for (const [i, bounds] of fields.entries()) {
    const problem = fieldProblem(texts[i] ?? '', bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function descriptorProblem(text: string): string | undefined {
  if (descriptors.has(text)) return undefined;
  const every = '@every ';
  if (!text.startsWith(every)) return `unrecognized descriptor: ${text}`;
  try {
    parseDuration(text.slice(every.length));
    return undefined;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    return `failed to parse duration ${text}: ${error.message}`;
  }
}

/** Ranges between commas; nothing between two of them is no mistake. */
function fieldProblem(text: string, bounds: Bounds): string | undefined {
  for (const range of text.split(',')) {
    if (range === '') continue;
    const problem = rangeProblem(range, bounds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `*`, `5`, `1-5`, each with an optional `/step`. */
function rangeProblem(text: string, bounds: Bounds): string | undefined {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreHyphens] = range.split('-');
  let [start, end] = [bounds.min, bounds.max];
  if (low !== '*' && low !== '?') {
    const first = parseValue(low, bounds);
    if (typeof first === 'string') return first;
    if (moreHyphens.length > 0) return `too many hyphens: ${text}`;
    const last = high === undefined ? first : parseValue(high, bounds);
    if (typeof last === 'string') return last;
    [start, end] = [first, last];
  }
  if (moreSteps.length > 0) return `too many slashes: ${text}`;
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (typeof step === 'string') return step;
  // A single number with a step goes on to the end.
  if (stepText !== undefined && high === undefined) end = bounds.max;
  return boundsProblem({ start, end, step }, bounds, text);
}

function boundsProblem(
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  { min, max }: Bounds,
  text: string,
): string | undefined {
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${text}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${text}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${text}`;
  return step === 0 ? `step of range should be a positive number: ${text}` : undefined;
}

function parseValue(text: string, { names }: Bounds): number | string {
  return names?.get(text.toLowerCase()) ?? parseNumber(text);
}

/** The number, or what is wrong with it. */
function parseNumber(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) {
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  }
  const value = Number(text);
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}
