/** Ingress classes: who serves an ingress. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { IngressClass } from '@navarch/api/types/networking/v1';
import { defineResource } from '../define.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

export const ingressClasses = defineResource<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  scope: 'Cluster',
  setDefaults: ({ spec }) => {
    if (spec.parameters) spec.parameters.scope ??= 'Cluster';
  },
  ...specGenerations<IngressClass>(),
  validateUpdate: (object, stored): FieldError[] => {
    const { controller } = object.spec;
    if (controller === stored.spec.controller) return [];
    return [invalid(Path.of('spec', 'controller'), controller ?? '', 'field is immutable')];
  },
  table: {
    columns: [
      nameColumn,
      column('Controller', 'The program that serves ingresses of this class.'),
      column('Parameters', 'Where its configuration is.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.controller ?? '',
      parametersCell(spec.parameters),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** `Kind.group/name`. */
function parametersCell(parameters: IngressClass['spec']['parameters']): string {
  if (!parameters) return none;
  const { apiGroup, kind, name } = parameters;
  return apiGroup === undefined ? `${kind}/${name}` : `${kind}.${apiGroup}/${name}`;
}
