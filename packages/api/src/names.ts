/**
 * The syntaxes of names. Each check returns what is wrong with the text, in the words clients know; nothing when it is
 * fine. Callers put the messages into field errors. Lengths are counted in bytes where upstream counts bytes; names that
 * pass are ASCII, so the difference shows only in names that fail anyway.
 */
import type { Int64 } from './types/scalars.ts';
import { utf8Length } from '@navarch/codec/utf8';

/** Fine: shared, so that a check that passes allocates nothing. */
const fine: readonly string[] = Object.freeze([]);

export const labelValueLengthMax = 63;
export const dns1123LabelLengthMax = 63;
export const dns1123SubdomainLengthMax = 253;
export const dns1035LabelLengthMax = 63;
export const portNameLengthMax = 15;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const looseLabel = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const looseSubdomain = `${looseLabel}(\\.${looseLabel})*`;
const labelKey = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${labelKey})?`;
const dns1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const wildcard = `\\*\\.${subdomain}`;
const configMapKey = '[-._a-zA-Z0-9]+';
const envVar = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const cIdentifier = '[A-Za-z_][A-Za-z0-9_]*';
const percent = '[0-9]+%';
const headerName = '[-A-Za-z0-9]+';

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$(?!\\n)`);
const dns1123LabelPattern = whole(label);
const dns1123SubdomainPattern = whole(subdomain);
const looseSubdomainPattern = whole(looseSubdomain);
const dns1035LabelPattern = whole(dns1035);
const labelKeyPattern = whole(labelKey);
const labelValuePattern = whole(labelValue);
const wildcardPattern = whole(wildcard);
const configMapKeyPattern = whole(configMapKey);
const envVarPattern = whole(envVar);
const cIdentifierPattern = whole(cIdentifier);
const percentPattern = whole(percent);
const headerNamePattern = whole(headerName);

const alphanumericEnds = 'and must start and end with an alphanumeric character';
const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${alphanumericEnds}`;
const looseSubdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', ${alphanumericEnds}`;
const labelText = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${alphanumericEnds}`;
const labelKeyText = `must consist of alphanumeric characters, '-', '_' or '.', ${alphanumericEnds}`;
const labelValueText = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${alphanumericEnds}`;
const labelKeyExamples = ['MyName', 'my.name', '123-abc'];

/** `must be no more than N characters` */
export function maxLengthText(max: number): string {
  return `must be no more than ${max} characters`;
}

function maxBytesText(max: number): string {
  return `must be no more than ${max} bytes`;
}

/** `must be between A and B, inclusive` */
export function rangeText(min: number, max: number): string {
  return `must be between ${min} and ${max}, inclusive`;
}

export const emptyText = 'must be non-empty';

/** The text of a failed pattern, with examples and the pattern itself. */
export function patternText(
  message: string,
  pattern: string,
  ...examples: readonly string[]
): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

function isTooLong(text: string, bytesMax: number): boolean {
  return text.length > bytesMax || (text.length * 3 > bytesMax && utf8Length(text) > bytesMax);
}

export function isDns1123Label(text: string): readonly string[] {
  const tooLong = isTooLong(text, dns1123LabelLengthMax);
  const matches = dns1123LabelPattern.test(text);
  if (matches && !tooLong) return fine;
  const errors = tooLong ? [maxLengthText(dns1123LabelLengthMax)] : [];
  if (matches) return errors;
  const onlyDots = dns1123SubdomainPattern.test(text);
  errors.push(onlyDots ? 'must not contain dots' : labelMessage());
  return errors;
}

function labelMessage(): string {
  return patternText(labelText, label, 'my-name', '123-abc');
}

export function isDns1123Subdomain(text: string): readonly string[] {
  return check(text, dns1123SubdomainLengthMax, dns1123SubdomainPattern, () =>
    patternText(subdomainText, subdomain, 'example.com'),
  );
}

export function isDns1123SubdomainWithUnderscore(text: string): readonly string[] {
  return check(text, dns1123SubdomainLengthMax, looseSubdomainPattern, () =>
    patternText(looseSubdomainText, looseSubdomain, 'example.com'),
  );
}

export function isDns1035Label(text: string): readonly string[] {
  const words =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return check(text, dns1035LabelLengthMax, dns1035LabelPattern, () =>
    patternText(words, dns1035, 'my-name', 'abc-123'),
  );
}

/** `*.example.com`: one star, in front. */
export function isWildcardDns1123Subdomain(text: string): readonly string[] {
  const words =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return check(text, dns1123SubdomainLengthMax, wildcardPattern, () =>
    patternText(words, wildcard, '*.example.com'),
  );
}

function check(
  text: string,
  lengthMax: number,
  pattern: RegExp,
  message: () => string,
): readonly string[] {
  const tooLong = isTooLong(text, lengthMax);
  if (!tooLong && pattern.test(text)) return fine;
  const errors = tooLong ? [maxLengthText(lengthMax)] : [];
  if (!pattern.test(text)) errors.push(message());
  return errors;
}

/** An optional DNS prefix, a slash, and a name: label keys, annotation keys, finalizers, resource names. */
export function isQualifiedName(text: string): readonly string[] {
  const slash = text.indexOf('/');
  if (slash < 0) return namePart(text);
  if (text.includes('/', slash + 1)) {
    const words = patternText(`a valid label key ${labelKeyText}`, labelKey, ...labelKeyExamples);
    return [`${words} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const prefix = text.slice(0, slash);
  const prefixErrors = prefixPart(prefix);
  const nameErrors = namePart(text.slice(slash + 1));
  if (prefixErrors.length === 0) return nameErrors;
  return [...prefixErrors.map((message) => `prefix part ${message}`), ...nameErrors];
}

/** A DNS subdomain; its length is told in bytes here, and in characters where names are subdomains. */
function prefixPart(prefix: string): readonly string[] {
  if (prefix === '') return [emptyText];
  const errors = isDns1123Subdomain(prefix);
  if (!isTooLong(prefix, dns1123SubdomainLengthMax)) return errors;
  return [maxBytesText(dns1123SubdomainLengthMax), ...errors.slice(1)];
}

function namePart(name: string): readonly string[] {
  const tooLong = isTooLong(name, 63);
  const matches = labelKeyPattern.test(name);
  if (matches && !tooLong) return fine;
  const errors: string[] = [];
  if (name === '') errors.push(`name part ${emptyText}`);
  if (tooLong) errors.push(`name part ${maxBytesText(63)}`);
  if (!matches) {
    errors.push(`name part ${patternText(labelKeyText, labelKey, ...labelKeyExamples)}`);
  }
  return errors;
}

export function isLabelValue(text: string): readonly string[] {
  const tooLong = isTooLong(text, labelValueLengthMax);
  const matches = labelValuePattern.test(text);
  if (matches && !tooLong) return fine;
  const errors = tooLong ? [maxBytesText(labelValueLengthMax)] : [];
  if (!matches) {
    errors.push(patternText(labelValueText, labelValue, 'MyValue', 'my_value', '12345'));
  }
  return errors;
}

/** Names that may hold anything that does not break a URL path: roles, bindings. */
export function isPathSegmentName(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return isPathSegmentPrefix(text);
}

/** As `isPathSegmentName`, for the start of a generated name, which may be dots alone. */
export function isPathSegmentPrefix(text: string): readonly string[] {
  if (!text.includes('/') && !text.includes('%')) return fine;
  return ['/', '%'].filter((c) => text.includes(c)).map((c) => `may not contain '${c}'`);
}

/** Checks a name that will get a random tail: a dash at the end is no mistake then. */
export function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

export function isPortNumber(port: number): readonly string[] {
  return isInRange(port, 1, 65535);
}

export function isInRange(value: Int64, min: number, max: number): readonly string[] {
  return value >= min && value <= max ? fine : [rangeText(min, max)];
}

/** User and group numbers: any unsigned 32-bit number. */
export function isUserId(id: number): readonly string[] {
  return isInRange(id, 0, 4294967295);
}

export function isPortName(text: string): readonly string[] {
  const errors: string[] = [];
  if (isTooLong(text, portNameLengthMax)) errors.push(maxLengthText(portNameLengthMax));
  if (!/^[-a-z0-9]+$/.test(text)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(text)) errors.push('must contain at least one letter (a-z)');
  if (text.includes('--')) errors.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) {
    errors.push('must not begin or end with a hyphen');
  }
  return errors;
}

export function isPercent(text: string): readonly string[] {
  if (percentPattern.test(text)) return fine;
  const words = "a valid percent string must be a numeric string followed by an ending '%'";
  return [patternText(words, percent, '1%', '93%')];
}

export function isHttpHeaderName(text: string): readonly string[] {
  if (headerNamePattern.test(text)) return fine;
  const words = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [patternText(words, headerName, 'X-Header-Name')];
}

export function isCIdentifier(text: string): readonly string[] {
  if (cIdentifierPattern.test(text)) return fine;
  const words =
    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
  return [patternText(words, cIdentifier, 'my_name', 'MY_NAME', 'MyName')];
}

/** The strict form of environment variable names, still used for the names taken from whole config maps. */
export function isEnvVarName(text: string): readonly string[] {
  const words =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const errors = envVarPattern.test(text)
    ? []
    : [patternText(words, envVar, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1')];
  return [...errors, ...climbingPath(text)];
}

/** Printable ASCII other than `=`: what environment variables of containers may be called. */
export function isRelaxedEnvVarName(text: string): readonly string[] {
  if (text === '') return [`environment variable name ${emptyText}`];
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(text)) return fine;
  return [
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ];
}

export function isConfigMapKey(text: string): readonly string[] {
  const words = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const errors = check(text, dns1123SubdomainLengthMax, configMapKeyPattern, () =>
    patternText(words, configMapKey, 'key.name', 'KEY_NAME', 'key-name'),
  );
  return [...errors, ...climbingPath(text)];
}

/** Keys become file names, so they must not lead out of their directory. */
function climbingPath(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`must not be '${text}'`];
  return text.startsWith('..') ? ["must not start with '..'"] : fine;
}
