/** API services: who serves a group and version. */
import { isPathSegmentName } from '@navarch/api/names';
import { formatTime } from '@navarch/api/time';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateApiService, validateApiServiceStatus } from './validate.ts';

const kind = { group: 'apiregistration.k8s.io', version: 'v1', kind: 'APIService' };
const strategy = specAndStatus<APIService>({ emptyStatus: {}, newGeneration: 'never' });

export const apiServices = defineResource<APIService>({
  ...kind,
  plural: 'apiservices',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  validateName: isPathSegmentName,
  storagePrefix: 'apiregistration.k8s.io/apiservices',
  setDefaults: ({ spec }) => {
    if (spec.service) spec.service.port ??= 443;
  },
  ...strategy,
  prepareForCreate: (submitted, context) =>
    withLocalAvailability(
      strategy.prepareForCreate?.(submitted, context) ?? submitted,
      formatTime(context.nowMs),
    ),
  validate: validateApiService,
  validateUpdate: validateApiService,
  subresources: [
    statusSubresource<APIService>(kind, {
      keepsMetadata: 'all',
      validateUpdate: validateApiServiceStatus,
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Service', 'The reference to the service that hosts this API endpoint.'),
      column('Available', 'Whether this service is available.'),
      ageColumn,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      spec.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : 'Local',
      availableCell(status),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** What this server serves itself is there from the start. */
function withLocalAvailability(object: APIService, now: string): APIService {
  if (object.spec.service) return object;
  const condition = {
    type: 'Available',
    status: 'True',
    lastTransitionTime: now,
    reason: 'Local',
    message: 'Local APIServices are always available',
  };
  return { ...object, status: { conditions: [condition] } };
}

function availableCell(status: APIService['status']): string {
  const condition = listOf(status?.conditions).find((candidate) => candidate.type === 'Available');
  if (!condition) return 'Unknown';
  const { status: is, reason } = condition;
  return is === 'True' || !reason ? is : `${is} (${reason})`;
}
