/** What a certificate request and a certificate look like: enough to refuse what is neither. */
import { type DerForm, derProblem, DerError, type Header, readHeader } from './der.ts';

const algorithm: DerForm = {
  kind: 'sequence',
  name: 'AlgorithmIdentifier',
  fields: [{ form: { kind: 'object' } }, { form: { kind: 'any' }, optional: true }],
};

const publicKey: DerForm = {
  kind: 'sequence',
  name: 'publicKeyInfo',
  fields: [{ form: algorithm }, { form: { kind: 'bits' } }],
};

/** PKCS #10, under the names of Go's structures. */
const request: DerForm = {
  kind: 'sequence',
  name: 'certificateRequest',
  fields: [
    {
      form: {
        kind: 'sequence',
        name: 'tbsCertificateRequest',
        fields: [
          { form: { kind: 'integer' } },
          { form: { kind: 'any' } },
          { form: publicKey },
          { form: { kind: 'attributes' } },
        ],
      },
    },
    { form: algorithm },
    { form: { kind: 'bits' } },
  ],
};

/** Why bytes are no certificate request. */
export function requestProblem(bytes: Uint8Array): string | undefined {
  return derProblem(bytes, request);
}

/** Why bytes are not certificates one after another. */
export function certificatesProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'found CERTIFICATE PEM block containing 0 certificates';
  let rest = bytes;
  while (rest.length > 0) {
    const whole = element(rest, sequenceTag);
    if (!whole) return 'x509: malformed certificate';
    const problem = certificateProblem(whole.content);
    if (problem !== undefined) return problem;
    ({ rest } = whole);
  }
  return undefined;
}

const sequenceTag = 0x30;
const integerTag = 0x02;
const versionTag = 0xa0;
const bitsTag = 0x03;

function certificateProblem(content: Uint8Array): string | undefined {
  const body = element(content, sequenceTag);
  if (!body) return 'x509: malformed tbs certificate';
  let fields = body.content;
  if (fields[0] === versionTag) {
    const version = element(fields, versionTag);
    const number = version && element(version.content, integerTag);
    if (!version || number?.content.length !== 1) return 'x509: malformed version';
    if ((number.content[0] ?? 0) > 2) return 'x509: invalid version';
    fields = version.rest;
  }
  const serial = element(fields, integerTag);
  if (!serial || serial.content.length === 0) return 'x509: malformed serial number';
  const inner = element(serial.rest, sequenceTag);
  if (!inner) return 'x509: malformed signature algorithm identifier';
  const outer = element(body.rest, sequenceTag);
  if (!outer) return 'x509: malformed algorithm identifier';
  if (inner.content.join() !== outer.content.join()) {
    return "x509: inner and outer signature algorithm identifiers don't match";
  }
  const issuer = element(inner.rest, sequenceTag);
  if (!issuer) return 'x509: malformed issuer';
  const validity = element(issuer.rest, sequenceTag);
  if (!validity) return 'x509: malformed validity';
  const subject = element(validity.rest, sequenceTag);
  // Go has always said issuer here.
  if (!subject) return 'x509: malformed issuer';
  if (!element(subject.rest, sequenceTag)) return 'x509: malformed spki';
  return element(outer.rest, bitsTag) ? undefined : 'x509: malformed signature';
}

interface Element {
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

/** The first element, if it is whole and has the tag. */
function element(bytes: Uint8Array, tag: number): Element | undefined {
  if (bytes[0] !== tag) return undefined;
  let header: Header;
  try {
    header = readHeader(bytes, 0);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
  const end = header.at + header.length;
  if (end > bytes.length) return undefined;
  return { content: bytes.subarray(header.at, end), rest: bytes.subarray(end) };
}
