/** Pod templates as objects of their own. */
import { Path } from '@navarch/api/field-error';
import type { PodTemplate, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import { setTemplateDefaults, trimming, trimTemplate } from '../../apps/template.ts';
import { defineResource } from '../../define.ts';
import { semanticallyEqual } from '../../equal.ts';
import { nilList } from '../../nil.ts';
import { generations } from '../../strategy.ts';
import { containerCells, formatLabels } from '../../table/cells.ts';
import { column, nameColumn } from '../../table/columns.ts';
import { validatePodTemplateSpec } from '../pod/validate.ts';
import { templateWarnings } from '../pod/warnings.ts';

const path = Path.of('template');
const emptyTemplate: PodTemplateSpec = { metadata: {}, spec: { containers: nilList } };

export const podTemplates = defineResource<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  scope: 'Namespaced',
  deleteAnswersObject: true,
  setDefaults: ({ template }) => setTemplateDefaults(template),
  ...trimming(
    generations<PodTemplate>(
      (submitted, stored) => !semanticallyEqual(submitted.template, stored.template),
    ),
    trimTemplate,
  ),
  validate: ({ template }) => validatePodTemplateSpec(template ?? emptyTemplate, path),
  warnings: (object, stored) => {
    const same = stored && stored.metadata.generation === object.metadata.generation;
    return same || !object.template ? [] : templateWarnings(object.template, path);
  },
  validateUpdate: ({ template }) => validatePodTemplateSpec(template ?? emptyTemplate, path),
  table: {
    columns: [
      nameColumn,
      column('Containers', 'Names of the containers.'),
      column('Images', 'Images of the containers.'),
      column('Pod Labels', 'Labels of the pods that are made from it.'),
    ],
    row: ({ metadata, template }) => [
      metadata.name ?? '',
      ...containerCells(template?.spec?.containers),
      formatLabels(template?.metadata?.labels),
    ],
  },
});
