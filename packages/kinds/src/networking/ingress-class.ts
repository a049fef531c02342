/** Ingress classes: who serves an ingress. */
import {
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type {
  IngressClass,
  IngressClassParametersReference,
} from '@navarch/api/types/networking/v1';
import { domainPrefixedPath, oneOf, unchanged } from '../checks.ts';
import { textSize } from '../core/sizes.ts';
import { defineResource } from '../define.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateObjectReference } from './validate-object-reference.ts';

const controllerPath = Path.of('spec', 'controller');

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
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  validate: validateClass,
  validateUpdate: (object, stored) => [
    ...unchanged(object.spec.controller, stored.spec.controller, controllerPath),
    ...validateClass(object),
  ],
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

const controllerLengthMax = 250;
const scopes = ['Cluster', 'Namespace'];

function validateClass({ spec }: IngressClass): FieldError[] {
  const { controller = '', parameters } = spec;
  const long = textSize(controller) > controllerLengthMax;
  return [
    ...(long ? [tooLong(controllerPath, controller, controllerLengthMax)] : []),
    ...(controller === ''
      ? [required(controllerPath)]
      : domainPrefixedPath(controller, controllerPath)),
    ...(parameters ? validateParameters(parameters, Path.of('spec', 'parameters')) : []),
  ];
}

function validateParameters(parameters: IngressClassParametersReference, path: Path): FieldError[] {
  const { scope, namespace } = parameters;
  const at = path.child('namespace');
  const errors = validateObjectReference(parameters, path);
  if (scope === undefined) return [...errors, required(path.child('scope'))];
  errors.push(...oneOf(scope, scopes, path.child('scope')));
  if (scope === 'Namespace') {
    if (namespace === undefined)
      errors.push(required(at, "`parameters.scope` is set to 'Namespace'"));
    else errors.push(...isDns1123Label(namespace).map((detail) => invalid(at, namespace, detail)));
  }
  if (scope === 'Cluster' && namespace !== undefined) {
    errors.push(forbidden(at, "`parameters.scope` is set to 'Cluster'"));
  }
  return errors;
}

/** `Kind.group/name`. */
function parametersCell(parameters: IngressClass['spec']['parameters']): string {
  if (!parameters) return none;
  const { apiGroup, kind, name } = parameters;
  return apiGroup === undefined ? `${kind}/${name}` : `${kind}.${apiGroup}/${name}`;
}
