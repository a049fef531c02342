/**
 * Formats of text that are checked. Names may have dashes or not: `date-time` is `datetime`. What is unknown is not checked.
 *
 * The patterns are those that clients have met: some take more, or less, than the standards they are named after.
 */
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import { parseRequestUri, UrlError } from '@navarch/cel/library/url-text';
import { parseCidr, parseIp } from '../../core/ip.ts';

type FormatCheck = (text: string) => boolean;

/** The check of a format, undefined when there is none. */
export function formatCheck(format: string | undefined): FormatCheck | undefined {
  return format === undefined ? undefined : checks.get(format.replaceAll('-', ''));
}

/** Other formats are as good as none. */
export function isCheckedFormat(format: string | undefined): format is string {
  return formatCheck(format) !== undefined;
}

/** Formats that say how numbers are kept; nothing is checked, but they are known. */
const numberFormats: ReadonlySet<string> = new Set(['int32', 'int64', 'float', 'double']);

/** Whether a format means something for a type of values. */
export function isKnownFormat(format: string): boolean {
  return isCheckedFormat(format) || numberFormats.has(format);
}

function matches(pattern: RegExp): FormatCheck {
  return (text) => pattern.test(text);
}

const checks: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ['bsonobjectid', matches(/^[0-9a-fA-F]{24}$/)],
  [
    'byte',
    matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/),
  ],
  ['cidr', (text) => parseCidr(text) !== undefined],
  ['creditcard', isCreditCard],
  ['date', isDate],
  ['datetime', isDateTime],
  ['duration', isDuration],
  ['email', isEmail],
  ['hexcolor', matches(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ['hostname', isHostname],
  ['ipv4', (text) => text.includes('.') && parseIp(text) !== undefined],
  ['ipv6', (text) => text.includes(':') && parseIp(text) !== undefined],
  ['isbn', (text) => isIsbn10(text) || isIsbn13(text)],
  ['isbn10', isIsbn10],
  ['isbn13', isIsbn13],
  ['k8slongname', (text) => isDns1123Subdomain(text).length === 0],
  ['k8sshortname', (text) => isDns1123Label(text).length === 0],
  ['mac', isMac],
  ['password', () => true],
  ['rgbcolor', isRgbColor],
  ['ssn', matches(/^\d{3}[- ]\d{2}[- ]\d{4}$/)],
  ['uri', isRequestUri],
  ['uuid', matches(/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i)],
  ['uuid3', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ['uuid4', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
  ['uuid5', matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
]);

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A zone must be given; leap seconds do not exist. */
function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  if (time === undefined || !isDate(date)) return false;
  const parts = /^(\d{2}):(\d{2}):(\d{2})(.\d+)?(?:z|[+-]\d{2}:\d{2})$/.exec(time);
  if (!parts) return false;
  const [hours = '', minutes = '', seconds = ''] = parts.slice(1, 4);
  return hours <= '23' && minutes <= '59' && seconds <= '59';
}

const goDuration = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const units = ['ns', 'nano', 'us', 'µs', 'micro', 'ms', 'milli', 's', 'sec', 'm', 'min', 'h', 'hr'];
const longUnits = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];
const shortUnits: ReadonlySet<string> = new Set([...units, 'hour', 'd', 'w', 'wk']);

/** As in Go, or in words: `3 days`. */
function isDuration(text: string): boolean {
  if (goDuration.test(text)) return true;
  const words = [...text.matchAll(/\d+\s*([A-Za-zµ]+)/g)].map(([, unit = '']) =>
    unit.toLowerCase(),
  );
  return words.some(
    (word) => shortUnits.has(word) || longUnits.some((unit) => word.startsWith(unit)),
  );
}

const hostname =
  /^(?:[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?|(?:[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\p{S}\p{L}-]{0,61}[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]){1,62})$/u;

function isHostname(text: string): boolean {
  const bytes = (part: string): number => encodeURIComponent(part).replace(/%../g, '_').length;
  if (text.length > 255 || !hostname.test(text) || bytes(text) > 255) return false;
  return text.split('.').every((label) => bytes(label) <= 63);
}

const dotAtom = String.raw`[^\s()<>@,;:\\".\[\]]+(?:\.[^\s()<>@,;:\\".\[\]]+)*`;
const address = String.raw`(?:${dotAtom}|"(?:[^"\\\r\n]|\\.)*")@(?:${dotAtom}|\[[^\[\]\\\s]*\])`;
const email = new RegExp(
  String.raw`^\s*(?:${address}|(?:"(?:[^"\\]|\\.)*"|[^<>"@,;:]*)\s*<${address}>)\s*$`,
);

/** With a name before it, or without. */
function isEmail(text: string): boolean {
  return text.length <= 1000 && email.test(text);
}

function isMac(text: string): boolean {
  const pairs = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2})*$/i.test(text);
  if (pairs) return [6, 8, 20].includes(text.split(/[:-]/).length);
  return (
    /^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(text) && [3, 4, 10].includes(text.split('.').length)
  );
}

const byte = '(?:0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])';
const rgb = new RegExp(`^rgb\\(\\s*${byte}\\s*,\\s*${byte}\\s*,\\s*${byte}\\s*\\)$`);

function isRgbColor(text: string): boolean {
  return rgb.test(text);
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^(?:\d{9}X|\d{10})$/.test(digits)) return false;
  const sum = Array.from(digits).reduce(
    (total, digit, i) => total + (i + 1) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^\d{13}$/.test(digits)) return false;
  const sum = Array.from(digits).reduce(
    (total, digit, i) => total + (i % 2 === 0 ? 1 : 3) * Number(digit),
    0,
  );
  return sum % 10 === 0;
}

const creditCard =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11}|6[27]\d{14})$/;

/** Among separators; the last digit is a check of the others. */
function isCreditCard(text: string): boolean {
  const digits = text.replace(/\D+/g, '');
  if (!creditCard.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, i) => {
      const doubled = i % 2 === 0 ? Number(digit) : Number(digit) * 2;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

function isRequestUri(text: string): boolean {
  try {
    parseRequestUri(text);
    return true;
  } catch (error) {
    if (error instanceof UrlError) return false;
    throw error;
  }
}
