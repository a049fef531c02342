import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '@navarch/api/types/certificates/v1';
import { messages } from '../testing.ts';
import { pemBlocks } from './pem.ts';
import { requestSubject } from './subject.ts';
import { validateRequest } from './validate.ts';
import { validateApproval, validateStatusUpdate } from './validate-status.ts';

/** Made with openssl for `/O=wire/CN=jane`. */
const requestOfJane = `-----BEGIN CERTIFICATE REQUEST-----
MIHZMIGAAgEAMB4xDTALBgNVBAoMBHdpcmUxDTALBgNVBAMMBGphbmUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAAQ9dh0vmoOplVhFlhAMnSPbLV92oST1KM68/oAK
rqXqZXJ2hh5BygHcBcrTd3SYuw6fuGyFYxI0nC6PSIWIFWOMoAAwCgYIKoZIzj0E
AwIDSAAwRQIhAPojCS+IVZRmP6/z8TspqrQmv6/88YP1ScTRjCEgXGu1AiB5waf+
NoR2mE98mFtcDKlCY7+RTxzMM0HaH8cH9IxzYg==
-----END CERTIFICATE REQUEST-----
`;

function withConditions(
  conditions: readonly CertificateSigningRequestCondition[],
  certificate?: string,
): CertificateSigningRequest {
  return {
    metadata: { name: 'x' },
    spec: { request: btoa(requestOfJane), signerName: 'example.com/a', usages: ['client auth'] },
    status: { conditions, ...(certificate !== undefined && { certificate }) },
  };
}

const condition = (type: string): CertificateSigningRequestCondition => ({ type, status: 'True' });
const fresh = withConditions([]);

test('reads who a request is for', () => {
  assert.deepEqual(requestSubject(btoa(requestOfJane)), {
    commonName: 'jane',
    organizations: ['wire'],
  });
  assert.equal(requestSubject(btoa('hello')), undefined);
  assert.equal(requestSubject('?'), undefined);
});

test('tells PEM blocks by their headers', () => {
  const types = (text: string) => pemBlocks(btoa(text)).map(({ type }) => type);
  const twice = ['CERTIFICATE REQUEST', 'CERTIFICATE REQUEST'];
  assert.deepEqual(types(requestOfJane.repeat(2)), twice);
  assert.deepEqual(types(`before\n${requestOfJane}between\n${requestOfJane}`), twice);
  assert.deepEqual(types(requestOfJane.replace('END CERTIFICATE REQUEST', 'END')), []);
  assert.deepEqual(types(`-----BEGIN A-----\n${requestOfJane}`), ['CERTIFICATE REQUEST']);
  assert.deepEqual(types('-----BEGIN A-----\n?\n-----END A-----\n'), []);
});

/** PEM of bytes, in base64. */
function pem(type: string, bytes: string, headers = ''): string {
  return btoa(`-----BEGIN ${type}-----\n${headers}${btoa(bytes)}\n-----END ${type}-----\n`);
}

const parameters =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}';
const der = String.fromCharCode;
const jane = atob(requestOfJane.replaceAll(/-----.*-----|\n/g, ''));

const requests: Record<string, [request: string, problem: string | undefined]> = {
  'a request': [btoa(requestOfJane), undefined],
  'no PEM': [btoa('hello'), 'PEM block type must be CERTIFICATE REQUEST'],
  'another block first': [
    btoa(`-----BEGIN KEY-----\n-----END KEY-----\n${requestOfJane}`),
    'PEM block type must be CERTIFICATE REQUEST',
  ],
  'text in PEM': [
    pem('CERTIFICATE REQUEST', 'hello world'),
    `asn1: structure error: tags don't match (16 vs {class:1 tag:8 length:101 isCompound:true}) ${parameters} certificateRequest @2`,
  ],
  'nothing in PEM': [pem('CERTIFICATE REQUEST', ''), 'asn1: syntax error: sequence truncated'],
  'half a request': [
    pem('CERTIFICATE REQUEST', jane.slice(0, 100)),
    'asn1: syntax error: data truncated',
  ],
  'a request and more': [
    pem('CERTIFICATE REQUEST', `${jane}x`),
    'asn1: syntax error: trailing data',
  ],
  'an empty sequence': [
    pem('CERTIFICATE REQUEST', der(0x30, 0)),
    'asn1: syntax error: sequence truncated',
  ],
  'a certificate that says it is a request': [
    pem('CERTIFICATE REQUEST', der(0x30, 7, 0x30, 5, 0xa0, 3, 2, 1, 2)),
    `asn1: structure error: tags don't match (2 vs {class:2 tag:0 length:3 isCompound:true}) ${parameters} int @2`,
  ],
  'a length of unknown size': [
    pem('CERTIFICATE REQUEST', der(0x30, 0x80)),
    'asn1: syntax error: indefinite length found (not DER)',
  ],
};

for (const [name, [request, problem]] of Object.entries(requests)) {
  test(`a request that is ${name}`, () => {
    const errors = validateRequest({ ...fresh, spec: { ...fresh.spec, request } });
    assert.deepEqual(
      errors.map(({ detail }) => detail),
      problem === undefined ? [] : [problem],
    );
  });
}

const certificates: Record<string, [certificate: string, problem: string]> = {
  'no PEM': [btoa('hello'), 'must contain at least one CERTIFICATE PEM block'],
  'a request': [
    btoa(requestOfJane),
    'only CERTIFICATE PEM blocks are allowed, found "CERTIFICATE REQUEST"',
  ],
  headed: [pem('CERTIFICATE', 'x', 'a: b\n\n'), 'no PEM block headers are permitted'],
  empty: [pem('CERTIFICATE', ''), 'found CERTIFICATE PEM block containing 0 certificates'],
  text: [pem('CERTIFICATE', 'hello'), 'x509: malformed certificate'],
  'a request in disguise': [
    pem('CERTIFICATE', jane),
    "x509: inner and outer signature algorithm identifiers don't match",
  ],
};

for (const [name, [certificate, problem]] of Object.entries(certificates)) {
  test(`a certificate that is ${name}`, () => {
    assert.deepEqual(messages(validateStatusUpdate(withConditions([], certificate), fresh)), [
      `status.certificate: Invalid value: "<certificate data>": ${problem}`,
    ]);
  });
}

test('names of signers are domains and subdomains', () => {
  const errors = (signerName: string) =>
    messages(validateRequest({ ...fresh, spec: { ...fresh.spec, signerName } }));
  assert.deepEqual(errors('example.com/a.b-c'), []);
  assert.deepEqual(
    errors('example.com/a..b').map((text) => text.slice(0, 64)),
    ['spec.signerName: Invalid value: "a..b": validating label "": a l'],
  );
  assert.deepEqual(errors(`example.com/${'a'.repeat(254)}`).length, 1);
});

describe('conditions', () => {
  test('a request is approved or denied, not both', () => {
    const both = withConditions([condition('Approved'), condition('Denied')]);
    assert.deepEqual(messages(validateApproval(both, fresh)), [
      'status.conditions: Invalid value: "Denied": Approved and Denied conditions are mutually exclusive',
    ]);
    assert.deepEqual(validateApproval(withConditions([condition('Approved')]), fresh), []);
  });

  test('whoever signs does not approve, and the other way round', () => {
    const paths = (errors: readonly { field: string; type: string }[]) =>
      errors.map(({ field, type }) => `${field} ${type}`);
    const approved = withConditions([condition('Approved')]);
    const failed = withConditions([condition('Failed')]);
    assert.deepEqual(validateStatusUpdate(failed, fresh), []);
    assert.equal(paths(validateStatusUpdate(approved, fresh)).length, 1);
    assert.deepEqual(validateApproval(failed, fresh), []);
    assert.deepEqual(validateStatusUpdate(approved, approved), []);
    const other = withConditions([{ ...condition('Approved'), reason: '<b>' }]);
    assert.deepEqual(messages(validateStatusUpdate(other, approved)), [
      `status.conditions: Forbidden: updates may not modify a condition of type "Approved"
@@ -2,7 +2,7 @@
  {
   "Type": "Approved",
   "Status": "True",
-  "Reason": "",
+  "Reason": "\\u003cb\\u003e",
   "Message": "",
   "LastUpdateTime": null,
   "LastTransitionTime": null
`,
    ]);
  });
});

test('an issued certificate stays', () => {
  const issued = withConditions([condition('Approved')], btoa('one'));
  const other = withConditions([condition('Approved')], btoa('two'));
  assert.deepEqual(messages(validateStatusUpdate(other, issued)), [
    'status.certificate: Forbidden: updates may not modify existing certificate content',
  ]);
  const set = withConditions([], pem('CERTIFICATE', 'x'));
  assert.equal(messages(validateApproval(set, fresh)).at(-1)?.includes('may not set'), true);
});
