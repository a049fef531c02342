/** What holds for certificate signing requests. Whether the signature of the request is right is for whoever signs to see. */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import type { CertificateSigningRequest } from '@navarch/api/types/certificates/v1';
import { listOf } from '../nil.ts';
import { requestProblem } from './forms.ts';
import { pemBlocks } from './pem.ts';

const path = Path.of('spec');
const durationSecondsMin = 600;
const domainLengthMax = 253;
const signerLengthMax = 571;
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
  const problem = requestTextProblem(request ?? '');
  if (problem !== undefined) errors.push(invalid(path.child('request'), request || null, problem));
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

/** Only the first block counts. */
function requestTextProblem(request: string): string | undefined {
  const [block] = pemBlocks(request);
  if (block?.type !== 'CERTIFICATE REQUEST') return 'PEM block type must be CERTIFICATE REQUEST';
  return requestProblem(block.bytes);
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
  const errors = domain.length > domainLengthMax ? [tooLong(at, '', domainLengthMax)] : [];
  errors.push(...parts.flatMap((part) => labelErrors(part, domain, isDns1123Label, at)));
  if (parts.length < 2) {
    const detail = 'should be a domain with at least two segments separated by dots';
    errors.push(invalid(at, domain, detail));
  }
  errors.push(
    ...rest.split('.').flatMap((part) => labelErrors(part, rest, isDns1123Subdomain, at)),
  );
  if (name.length > signerLengthMax) errors.push(tooLong(at, '', signerLengthMax));
  return errors;
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
