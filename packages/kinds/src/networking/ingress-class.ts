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
import { domainPrefixedPath, requiredOneOf, unchanged } from '../checks.ts';
import { textSize } from '../core/sizes.ts';
import { defineResource } from '../define.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateObjectReference } from './validate-object-reference.ts';

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
  validate: ({ spec }) => [
    ...validateController(spec.controller, Path.of('spec', 'controller')),
    ...(spec.parameters ? validateParameters(spec.parameters, Path.of('spec', 'parameters')) : []),
  ],
  validateUpdate,
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

function validateUpdate({ spec }: IngressClass, stored: IngressClass): FieldError[] {
  const parameters = Path.of('spec', 'parameters');
  return [
    ...unchanged(spec.controller, stored.spec.controller, Path.of('spec', 'controller')),
    ...(spec.parameters ? validateParameters(spec.parameters, parameters) : []),
  ];
}

function validateController(controller: string | undefined, path: Path): FieldError[] {
  if (!controller) return [required(path)];
  if (textSize(controller) > controllerLengthMax) {
    return [tooLong(path, controller, controllerLengthMax)];
  }
  return domainPrefixedPath(controller, path);
}

function validateParameters(parameters: IngressClassParametersReference, path: Path): FieldError[] {
  const { scope, namespace } = parameters;
  const at = path.child('namespace');
  const errors = validateObjectReference(parameters, path);
  errors.push(...requiredOneOf(scope, scopes, path.child('scope')));
  if (scope === 'Namespace') {
    if (!namespace) errors.push(required(at, "`parameters.scope` is set to 'Namespace'"));
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
