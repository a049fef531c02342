/** What each way of writing a signing request changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestContext } from '@navarch/api/extension/context';
import type { ObjectSubresource } from '@navarch/api/extension/resource';
import type { CertificateSigningRequest } from '@navarch/api/types/certificates/v1';
import { certificateSigningRequests } from './certificate-signing-request.ts';

const time = '2026-01-01T00:00:00Z';
const context = { nowMs: Date.parse(time) } as RequestContext;
const times = { lastTransitionTime: time, lastUpdateTime: time };
const approved = { type: 'Approved', status: 'True', reason: 'Looked at', ...times };
const request = { metadata: { name: 'a' }, spec: { request: '', signerName: 'example.com/a' } };
const stored: CertificateSigningRequest = { ...request, status: { conditions: [approved] } };

function status(): ObjectSubresource<CertificateSigningRequest> {
  const found = certificateSigningRequests.subresources?.find(({ name }) => name === 'status');
  assert.ok(found?.type === 'object');
  return found as unknown as ObjectSubresource<CertificateSigningRequest>;
}

test('who signs may say more of the request than the certificate', () => {
  const metadata = { name: 'a', annotations: { seen: 'true' } };
  const signed = { conditions: [approved], certificate: 'YQ==' };
  const written = status().prepareForUpdate?.(
    { metadata, spec: { ...request.spec, signerName: 'example.com/b' }, status: signed },
    stored,
    context,
  );
  assert.deepEqual(written, { metadata, spec: request.spec, status: signed });
});

test('who signs cannot put the decision in other words', () => {
  const other = { ...approved, reason: 'No reason' };
  const failed = { type: 'Failed', status: 'True', ...times };
  const written = (conditions: readonly (typeof other | typeof failed)[]) =>
    status().prepareForUpdate?.({ ...request, status: { conditions } }, stored, context)?.status
      ?.conditions;
  assert.deepEqual(written([failed, other]), [failed, approved]);
  assert.deepEqual(written([failed]), [failed], 'validation refuses that it goes');
  assert.deepEqual(written([other, other]), [other, other], 'and that another comes');
});
