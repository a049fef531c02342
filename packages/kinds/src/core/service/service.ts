/** Services: names and addresses that stay, for pods that come and go. */
import { isDns1035Label } from '@navarch/api/names';
import type { Service } from '@navarch/api/types/core/v1/service';
import { defineResource } from '../../define.ts';
import { setServiceDefaults } from './defaults.ts';
import { prepareForCreate, prepareForStatusUpdate, prepareForUpdate } from './prepare.ts';
import { proxySubresource } from './proxy.ts';
import { releaseAll, reserve } from './reserve.ts';
import { serviceColumns, serviceRow } from './table.ts';
import { validateService } from './validate.ts';
import { validateServiceStatusUpdate, validateServiceUpdate } from './validate-update.ts';
import { serviceStatusWarnings, serviceWarnings } from './warnings.ts';

export const services = defineResource<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  createOnUpdate: true,
  storagePrefix: 'services/specs',
  validateName: isDns1035Label,
  resetFields: ['status'],
  setDefaults: setServiceDefaults,
  prepareForCreate,
  prepareForUpdate,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warnings: serviceWarnings,
  reserve,
  afterDelete: releaseAll,
  deleteAnswersObject: true,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
  table: { columns: serviceColumns, row: serviceRow },
  subresources: [
    proxySubresource,
    {
      type: 'object',
      name: 'status',
      kind: { group: '', version: 'v1', kind: 'Service' },
      verbs: ['get', 'patch', 'update'],
      resetFields: ['spec'],
      prepareForUpdate: prepareForStatusUpdate,
      validateUpdate: validateServiceStatusUpdate,
      warnings: serviceStatusWarnings,
    },
  ],
});
