/** Limit ranges: bounds and defaults for what pods, containers and claims ask for. */
import type { LimitRange } from '@navarch/api/types/core/v1/quota';
import { defineResource } from '../../define.ts';
import { plainTable } from '../../table/columns.ts';
import { setLimitRangeDefaults } from './defaults.ts';
import { validateLimitRange } from './validate.ts';

export const limitRanges = defineResource<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  shortNames: ['limits'],
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  createOnUpdate: true,
  setDefaults: setLimitRangeDefaults,
  validate: validateLimitRange,
  validateUpdate: validateLimitRange,
  table: plainTable,
});
