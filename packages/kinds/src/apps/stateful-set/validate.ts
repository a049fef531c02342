/** What holds for a stateful set. */
import { type FieldError, forbidden, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type {
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from '@navarch/api/types/apps/v1/stateful-set';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import {
  allNonNegative,
  intOrPercentNumber,
  nonNegative,
  notDecremented,
  notMoreThanHundredPercent,
  oneOf,
  positiveIntOrPercent,
} from '../../checks.ts';
import { goForm, type GoForm } from '../../core/go-form.ts';
import { semanticallyEqual } from '../../equal.ts';
import { checkAnnotationNames } from '../../core/pod/annotation-names.ts';
import { checkAnnotations, validatePodTemplateSpec } from '../../core/pod/validate.ts';
import { labelErrors } from '../../label-selector.ts';
import { alwaysRunning, compiled, labelMismatch, requiredSelector } from '../validate-template.ts';
import { fractionText, isFraction } from '../../core/pod/warnings.ts';
import { listOf } from '../../nil.ts';
import { templateWarnings } from '../warnings.ts';
import { claimTemplateErrors, withClaimVolumes } from './claims.ts';

const path = Path.of('spec');

/** Its name is a label, whoever made it. */
export function statefulSetWarnings(
  object: StatefulSet,
  stored: StatefulSet | undefined,
): readonly string[] {
  const { volumeClaimTemplates, revisionHistoryLimit = 0 } = object.spec;
  return [
    ...templateWarnings(object, stored),
    ...listOf(volumeClaimTemplates).flatMap(({ spec }, index) => {
      const size = spec.resources?.requests?.['storage'];
      if (size === undefined || !isFraction(size)) return [];
      const claim = path.child('volumeClaimTemplates').index(index);
      // On an update upstream writes one step more.
      const at = (stored ? claim.child('Spec') : claim).child('resources', 'requests');
      return [fractionText(size, at.key('storage'))];
    }),
    ...(revisionHistoryLimit < 0
      ? [
          'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
        ]
      : []),
  ];
}

export function validateStatefulSet({ spec }: StatefulSet): FieldError[] {
  return specErrors(spec, { immutable: 'checked', template: 'checked' });
}

/** What was stored before there was a rule for it may stay. */
interface Strictness {
  /** What no update changes: the claims, and the name of the service. */
  readonly immutable: 'checked' | 'any';
  /** The pods: labels and annotations of the template are checked in any case. */
  readonly template: 'checked' | 'any';
}

function specErrors(spec: StatefulSetSpec, { immutable, template }: Strictness): FieldError[] {
  const isNew = immutable === 'checked';
  return [
    ...managementErrors(spec.podManagementPolicy ?? ''),
    ...strategyErrors(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...retentionErrors(spec),
    ...(isNew ? claimTemplateErrors(spec, path.child('volumeClaimTemplates')) : []),
    ...allNonNegative(spec, ['replicas', 'minReadySeconds'], path),
    ...nonNegative(spec.ordinals?.start, path.child('ordinals', 'start')),
    ...(isNew ? serviceNameErrors(spec.serviceName) : []),
    ...requiredSelector(
      spec.selector,
      'empty selector is invalid for statefulset',
      path.child('selector'),
    ),
    ...templateErrors(spec, template),
  ];
}

/** It becomes the subdomain of the pods. */
function serviceNameErrors(name: string | undefined): FieldError[] {
  const at = path.child('serviceName');
  return name ? isDns1123Label(name).map((message) => invalid(at, name, message)) : [];
}

function managementErrors(policy: string): FieldError[] {
  const at = path.child('podManagementPolicy');
  if (policy === '') return [required(at)];
  if (['OrderedReady', 'Parallel'].includes(policy)) return [];
  return [invalid(at, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function strategyErrors(strategy: StatefulSetUpdateStrategy, at: Path): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const rolling = at.child('rollingUpdate');
  switch (type) {
    case undefined:
      return [required(at)];
    case 'OnDelete':
      return rollingUpdate
        ? [
            invalid(
              rolling,
              goForm(rollingForm, rollingUpdate),
              "only allowed for updateStrategy 'RollingUpdate'",
            ),
          ]
        : [];
    case 'RollingUpdate':
      return rollingUpdate ? rollingErrors(rollingUpdate, rolling) : [];
    default:
      return [invalid(at, goForm(strategyForm, strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  }
}

function rollingErrors(
  { partition, maxUnavailable }: NonNullable<StatefulSetUpdateStrategy['rollingUpdate']>,
  path: Path,
): FieldError[] {
  const at = path.child('maxUnavailable');
  const isZero = maxUnavailable !== undefined && intOrPercentNumber(maxUnavailable) === 0;
  return [
    ...nonNegative(partition, path.child('partition')),
    ...positiveIntOrPercent(maxUnavailable, at),
    ...(isZero ? [invalid(at, maxUnavailable, 'cannot be 0')] : []),
    ...notMoreThanHundredPercent(maxUnavailable, at),
  ];
}

/** As upstream prints them: with the names of their Go fields. */
const rollingForm: GoForm = [
  ['Partition', 'partition', 0],
  ['MaxUnavailable', 'maxUnavailable', null],
];

const strategyForm: GoForm = [
  ['Type', 'type', ''],
  ['RollingUpdate', 'rollingUpdate', null, rollingForm],
];

function retentionErrors({ persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec) {
  if (!policy) return [];
  const at = path.child('persistentVolumeClaimRetentionPolicy');
  const choices = ['Retain', 'Delete'];
  return [
    ...oneOf(policy.whenDeleted ?? '', choices, at.child('whenDeleted')),
    ...oneOf(policy.whenScaled ?? '', choices, at.child('whenScaled')),
  ];
}

function templateErrors(spec: StatefulSetSpec, pods: Strictness['template']): FieldError[] {
  const { selector, template } = spec;
  const matcher = compiled(selector);
  const at = path.child('template');
  return [
    ...(matcher
      ? [
          ...labelMismatch(matcher, template, at),
          ...(pods === 'checked'
            ? validatePodTemplateSpec(withClaimVolumes(spec), at)
            : metadataErrors(template, at)),
        ]
      : [invalid(path.child('selector'), selector, '')]),
    ...alwaysRunning(template, 'StatefulSet', at),
  ];
}

function metadataErrors(template: PodTemplateSpec, at: Path): FieldError[] {
  const { labels, annotations } = template.metadata ?? {};
  const errors = labelErrors(labels, at.child('labels'));
  if (annotations) {
    checkAnnotationNames(annotations, at.child('annotations'), errors);
    checkAnnotations(annotations, template.spec, at.child('annotations'), errors);
  }
  return errors;
}

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

export function validateStatefulSetUpdate(object: StatefulSet, stored: StatefulSet): FieldError[] {
  const storedErrors = specErrors(stored.spec, { immutable: 'any', template: 'checked' });
  const template = storedErrors.length > 0 ? 'any' : 'checked';
  const errors = specErrors(object.spec, { immutable: 'any', template });
  if (semanticallyEqual(fixedPart(object.spec), fixedPart(stored.spec))) return errors;
  const names = mutable.map((name) => `'${name}'`);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  const detail = `updates to statefulset spec for fields other than ${listed} are forbidden`;
  return [...errors, forbidden(path, detail)];
}

function fixedPart(spec: StatefulSetSpec): object {
  return Object.fromEntries(
    Object.entries(spec).filter(([name]) => !mutable.some((free) => free === name)),
  );
}

export function validateStatefulSetStatusUpdate(
  { status }: StatefulSet,
  stored: StatefulSet,
): FieldError[] {
  const at = Path.of('status');
  const counters = [
    'replicas',
    'readyReplicas',
    'currentReplicas',
    'updatedReplicas',
    'availableReplicas',
    'observedGeneration',
    'collisionCount',
  ] as const;
  const errors = allNonNegative<(typeof counters)[number]>(status, counters, at);
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status ?? {};
  const parts = [
    'readyReplicas',
    'currentReplicas',
    'updatedReplicas',
    'availableReplicas',
  ] as const;
  for (const name of parts) {
    const value = status?.[name] ?? 0;
    if (value <= replicas) continue;
    errors.push(invalid(at.child(name), value, 'cannot be greater than status.replicas'));
  }
  if (availableReplicas > readyReplicas) {
    const available = at.child('availableReplicas');
    errors.push(
      invalid(available, availableReplicas, 'cannot be greater than status.readyReplicas'),
    );
  }
  const collisions = at.child('collisionCount');
  return [
    ...errors,
    ...notDecremented(status?.collisionCount, stored.status?.collisionCount, collisions),
  ];
}
