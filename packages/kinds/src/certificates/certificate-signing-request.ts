/** Certificate signing requests: who asks for a certificate, who allows it, and the certificate. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ObjectSubresource } from '@navarch/api/extension/resource';
import { isPathSegmentName } from '@navarch/api/names';
import type { CertificateSigningRequest } from '@navarch/api/types/certificates/v1';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { statusSubresource, withMember } from '../strategy.ts';
import { age, humanDuration } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { approvalOnly, statusOnly } from './conditions.ts';
import { validateRequest } from './validate.ts';
import { validateApproval, validateStatusUpdate } from './validate-status.ts';

const kind = { group: 'certificates.k8s.io', version: 'v1', kind: 'CertificateSigningRequest' };

/** Approving is a right of its own: it changes the conditions that say so, and nothing else. */
const approval: ObjectSubresource<CertificateSigningRequest> = {
  type: 'object',
  name: 'approval',
  kind,
  verbs: ['get', 'patch', 'update'],
  printable: false,
  resetFields: ['spec', 'status.certificate'],
  prepareForUpdate: approvalOnly,
  validateUpdate: validateApproval,
};

export const certificateSigningRequests = defineResource<CertificateSigningRequest>({
  ...kind,
  plural: 'certificatesigningrequests',
  shortNames: ['csr'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  validateName: isPathSegmentName,
  // Of what a client writes nothing stays its own: a request never changes.
  resetFields: ['spec', 'status'],
  prepareForCreate: (submitted, context) => ({
    ...asking(submitted, context),
    status: {},
  }),
  prepareForUpdate: (submitted, stored) =>
    // A request never changes: what was approved is what is signed.
    withMember({ ...submitted, spec: stored.spec }, 'status', stored.status),
  validate: validateRequest,
  selectableFields: { 'spec.signerName': ({ spec }) => spec.signerName },
  subresources: [
    approval,
    {
      ...statusSubresource<CertificateSigningRequest>(kind, {
        prepare: statusOnly,
        validateUpdate: validateStatusUpdate,
      }),
      resetFields: ['spec', 'status.conditions'],
    },
  ],
  table: {
    columns: [
      nameColumn,
      ageColumn,
      column('SignerName', 'Who is asked to sign.'),
      column('Requestor', 'Who asks.'),
      column('RequestedDuration', 'How long the certificate shall be valid.'),
      column('Condition', 'How far it is.'),
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      age(nowMs, metadata.creationTimestamp),
      spec.signerName || none,
      spec.username || none,
      spec.expirationSeconds === undefined ? none : humanDuration(spec.expirationSeconds * 1000),
      conditionCell(status),
    ],
  },
});

/** Who asks is what the server knows of the client, whatever the client says. */
function asking(
  submitted: CertificateSigningRequest,
  { user }: RequestContext,
): CertificateSigningRequest {
  const { request, signerName, expirationSeconds, usages } = submitted.spec;
  return {
    ...submitted,
    spec: {
      request,
      signerName,
      ...(expirationSeconds !== undefined && { expirationSeconds }),
      ...(usages !== undefined && { usages }),
      username: user.username,
      ...(user.uid && { uid: user.uid }),
      ...(user.groups.length > 0 && { groups: user.groups }),
      ...(user.extra && Object.keys(user.extra).length > 0 && { extra: user.extra }),
    },
  };
}

/** `Approved,Issued`, `Denied`, `Pending`. */
function conditionCell(status: CertificateSigningRequest['status']): string {
  const has = (type: string) =>
    listOf(status?.conditions).some((condition) => condition.type === type);
  const texts = [];
  if (has('Denied')) texts.push('Denied');
  else if (has('Approved')) texts.push('Approved');
  else texts.push('Pending');
  if (has('Failed')) texts.push('Failed');
  if (status?.certificate) texts.push('Issued');
  return texts.join(',');
}
