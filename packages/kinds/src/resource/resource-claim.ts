/** Resource claims and their templates: devices that pods need. */
import type { Int64 } from '@navarch/api/types/scalars';
import type {
  DeviceClaim,
  ResourceClaim,
  ResourceClaimTemplate,
} from '@navarch/api/types/resource/v1/claim';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { withoutReturned } from './validate-device-status.ts';
import { validateClaimStatus } from './validate-claim-status.ts';
import {
  validateClaim,
  validateClaimUpdate,
  validateTemplate,
  validateTemplateUpdate,
} from './validate-claim.ts';

const kind = { group: 'resource.k8s.io', version: 'v1', kind: 'ResourceClaim' };

export const resourceClaims = defineResource<ResourceClaim>({
  ...kind,
  plural: 'resourceclaims',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Namespaced',
  deleteAnswersObject: true,
  setDefaults: ({ spec }) => setClaimDefaults(spec.devices),
  ...specAndStatus<ResourceClaim>({ emptyStatus: {}, newGeneration: 'never' }),
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  subresources: [
    statusSubresource<ResourceClaim>(kind, {
      keepsMetadata: 'all',
      prepare: withoutReturned,
      validateUpdate: validateClaimStatus,
    }),
  ],
  table: {
    columns: [nameColumn, column('State', 'Whether it is allocated and in use.'), ageColumn],
    row: (object, nowMs) => [
      object.metadata.name ?? '',
      stateCell(object),
      age(nowMs, object.metadata.creationTimestamp),
    ],
  },
});

function stateCell({ metadata, status }: ResourceClaim): string {
  const states = [];
  if (metadata.deletionTimestamp !== undefined) states.push('deleted');
  if (!status?.allocation) {
    if (states.length === 0) states.push('pending');
  } else {
    states.push('allocated');
    states.push(listOf(status.reservedFor).length > 0 ? 'reserved' : '');
  }
  return states.filter((state) => state !== '').join(',');
}

export const resourceClaimTemplates = defineResource<ResourceClaimTemplate>({
  ...kind,
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  scope: 'Namespaced',
  deleteAnswersObject: true,
  setDefaults: ({ spec }) => setClaimDefaults(spec.spec.devices),
  validate: validateTemplate,
  validateUpdate: validateTemplateUpdate,
  table: {
    columns: [nameColumn, ageColumn],
    row: ({ metadata }, nowMs) => [metadata.name ?? '', age(nowMs, metadata.creationTimestamp)],
  },
});

interface CountedRequest {
  allocationMode?: string;
  count?: Int64;
}

function setClaimDefaults(claim: Draft<DeviceClaim> | undefined): void {
  for (const request of listOf(claim?.requests)) {
    if (request.exactly) setCountDefaults(request.exactly);
    for (const alternative of listOf(request.firstAvailable)) setCountDefaults(alternative);
  }
}

function setCountDefaults(request: CountedRequest): void {
  request.allocationMode ||= 'ExactCount';
  if (request.allocationMode === 'ExactCount') request.count ||= 1;
}
