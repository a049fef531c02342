import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '@navarch/api/types/certificates/v1';
import { messages } from '../testing.ts';
import { pemBlocks } from './pem.ts';
import { requestSubject } from './subject.ts';
import { validateApproval, validateStatusUpdate } from './validate.ts';

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
  assert.deepEqual(pemBlocks(btoa(requestOfJane.repeat(2))), [
    'CERTIFICATE REQUEST',
    'CERTIFICATE REQUEST',
  ]);
  assert.deepEqual(pemBlocks(btoa(requestOfJane.replace('END CERTIFICATE REQUEST', 'END'))), []);
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
    assert.equal(paths(validateApproval(failed, fresh)).length, 1);
    assert.deepEqual(validateStatusUpdate(approved, approved), []);
  });
});

test('an issued certificate stays', () => {
  const issued = withConditions([condition('Approved')], btoa('one'));
  const other = withConditions([condition('Approved')], btoa('two'));
  assert.deepEqual(messages(validateStatusUpdate(other, issued)), [
    'status.certificate: Forbidden: updates may not modify existing certificate content',
  ]);
});
