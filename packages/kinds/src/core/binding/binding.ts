/** Bindings at their own path: the same as the binding subresource of the pod that they name. */
import type { Binding } from '@navarch/api/types/core/v1/pod';
import { defineResource } from '../../define.ts';
import { plainTable } from '../../table/columns.ts';
import { bindPod } from '../pod/binding.ts';

export const bindings = defineResource<Binding>({
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  scope: 'Namespaced',
  verbs: ['create'],
  answerCreate: (binding, context) => {
    const { namespace = '', name = '' } = binding.metadata;
    return bindPod({ namespace, name }, binding, context);
  },
  table: plainTable,
});
