/** What holds for certificate signing requests and what becomes of them. The request itself is read by whoever signs it. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '@navarch/api/types/certificates/v1';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { pemBlocks } from './pem.ts';

const path = Path.of('spec');
const durationSecondsMin = 600;
const legacySigner = 'kubernetes.io/legacy-unknown';

const usages = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

export function validateRequest({ spec }: CertificateSigningRequest): FieldError[] {
  const { request, signerName, expirationSeconds } = spec;
  const errors: FieldError[] = [];
  if (pemBlocks(request ?? '')[0] !== 'CERTIFICATE REQUEST') {
    const detail = 'PEM block type must be CERTIFICATE REQUEST';
    errors.push(invalid(path.child('request'), request || null, detail));
  }
  errors.push(...usageErrors(listOf(spec.usages), path.child('usages')));
  const signer = path.child('signerName');
  if (signerName === legacySigner) {
    const detail = 'the legacy signerName is not allowed via this API version';
    errors.push(invalid(signer, signerName, detail));
  } else errors.push(...signerErrors(signerName, signer));
  if (expirationSeconds !== undefined && expirationSeconds < durationSecondsMin) {
    const at = path.child('expirationSeconds');
    const detail = 'may not specify a duration less than 600 seconds (10 minutes)';
    errors.push(invalid(at, expirationSeconds, detail));
  }
  return errors;
}

function usageErrors(list: readonly string[], at: Path): FieldError[] {
  if (list.length === 0) return [required(at)];
  const known = (usage: string) => usages.includes(usage);
  return [
    ...list.flatMap((usage, i) => (known(usage) ? [] : [notSupported(at.index(i), usage, usages)])),
    ...list.flatMap((usage, i) => (list.indexOf(usage) < i ? [duplicate(at.index(i), usage)] : [])),
  ];
}

/** `example.com/name`: a domain of at least two parts, and a path. */
function signerErrors(name: string, at: Path): FieldError[] {
  if (name === '') return [required(at)];
  const slash = name.indexOf('/');
  if (slash < 0 || name.includes('/', slash + 1)) {
    const detail =
      "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return [invalid(at, name, detail)];
  }
  const [domain, rest] = [name.slice(0, slash), name.slice(slash + 1)];
  const parts = domain.split('.');
  const errors = parts.flatMap((part) => labelErrors(part, domain, isDns1123Label, at));
  if (parts.length < 2) {
    const detail = 'should be a domain with at least two segments separated by dots';
    errors.push(invalid(at, domain, detail));
  }
  return [...errors, ...labelErrors(rest, rest, isDns1123Subdomain, at)];
}

function labelErrors(
  text: string,
  shown: string,
  rule: (text: string) => readonly string[],
  at: Path,
): FieldError[] {
  return rule(text).map((detail) =>
    invalid(at, shown, `validating label ${JSON.stringify(text)}: ${detail}`),
  );
}

const statusPath = Path.of('status');
const conditionsPath = statusPath.child('conditions');
const certificatePath = statusPath.child('certificate');

/** Conditions that a way of writing may not add. */
type Refused = readonly string[];

/** By the status subresource: sign, or say that it failed, but not approve or deny. */
export function validateStatusUpdate(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): FieldError[] {
  return statusErrors(object, stored, ['Approved', 'Denied']);
}

/** By the approval subresource: approve or deny. */
export function validateApproval(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): FieldError[] {
  return statusErrors(object, stored, ['Failed']);
}

function statusErrors(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
  refused: Refused,
): FieldError[] {
  const conditions = listOf(object.status?.conditions);
  const before = listOf(stored.status?.conditions);
  return [
    ...conditions.flatMap((condition, i) => conditionErrors(condition, conditions, i)),
    ...certificateErrors(object, stored),
    ...changeErrors(conditions, before, refused),
  ];
}

const decided: readonly string[] = ['Approved', 'Denied', 'Failed'];

function conditionErrors(
  { type, status }: CertificateSigningRequestCondition,
  all: readonly CertificateSigningRequestCondition[],
  i: number,
): FieldError[] {
  const at = conditionsPath.index(i);
  const errors: FieldError[] = [];
  if (type === '') errors.push(required(at.child('type')));
  const choices = decided.includes(type) ? ['True'] : ['True', 'False', 'Unknown'];
  if (status === '') errors.push(required(at.child('status')));
  else if (!choices.includes(status)) {
    errors.push(notSupported(at.child('status'), status, choices));
  }
  const earlier = all.slice(0, i);
  const opposite = type === 'Denied' ? 'Approved' : type === 'Approved' ? 'Denied' : undefined;
  if (opposite && earlier.some((known) => known.type === opposite)) {
    const detail = 'Approved and Denied conditions are mutually exclusive';
    errors.push(invalid(conditionsPath, type, detail));
  }
  if (earlier.some((known) => known.type === type)) {
    errors.push(duplicate(at.child('type'), type));
  }
  return errors;
}

function certificateErrors(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): FieldError[] {
  const certificate = object.status?.certificate ?? '';
  const before = stored.status?.certificate ?? '';
  if (certificate === before) return [];
  if (before !== '') {
    return [forbidden(certificatePath, 'updates may not modify existing certificate content')];
  }
  const blocks = pemBlocks(certificate);
  const shown = '<certificate data>';
  const other = blocks.find((type) => type !== 'CERTIFICATE');
  if (other !== undefined) {
    const detail = `only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(other)}`;
    return [invalid(certificatePath, shown, detail)];
  }
  if (blocks.length > 0) return [];
  return [invalid(certificatePath, shown, 'must contain at least one CERTIFICATE PEM block')];
}

/** What was decided stays decided, and each way of writing decides only what is its own. */
function changeErrors(
  conditions: readonly CertificateSigningRequestCondition[],
  before: readonly CertificateSigningRequestCondition[],
  refused: Refused,
): FieldError[] {
  const errors: FieldError[] = [];
  const of = (list: typeof conditions, type: string) => list.filter((known) => known.type === type);
  for (const type of decided) {
    if (of(conditions, type).length >= of(before, type).length) continue;
    const detail = `updates may not remove a condition of type ${JSON.stringify(type)}`;
    errors.push(forbidden(conditionsPath, detail));
  }
  for (const type of refused) {
    const [now, then] = [of(conditions, type), of(before, type)];
    if (now.length > then.length) {
      const detail = `updates may not add a condition of type ${JSON.stringify(type)}`;
      errors.push(forbidden(conditionsPath, detail));
    } else if (now.length === then.length && !semanticallyEqual(now, then)) {
      const detail = `updates may not modify a condition of type ${JSON.stringify(type)}`;
      errors.push(forbidden(conditionsPath, detail));
    }
  }
  return errors;
}
