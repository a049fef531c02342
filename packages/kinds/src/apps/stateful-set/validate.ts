/** What holds for a stateful set. */
import { type FieldError, forbidden, invalid, Path, required } from '@navarch/api/field-error';
import type {
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from '@navarch/api/types/apps/v1/stateful-set';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { Selector } from '@navarch/api/selectors';
import {
  allNonNegative,
  nonNegative,
  notDecremented,
  notMoreThanHundredPercent,
  oneOf,
  positiveIntOrPercent,
} from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { checkAnnotationNames } from '../../core/pod/annotation-names.ts';
import { checkAnnotations } from '../../core/pod/validate.ts';
import { labelErrors } from '../../label-selector.ts';
import { alwaysRunning, compiled, labelMismatch, requiredSelector } from '../validate-template.ts';
import { fractionText, isFraction } from '../../core/pod/warnings.ts';
import { listOf } from '../../nil.ts';
import { templateWarnings } from '../warnings.ts';

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
  return [
    ...managementErrors(spec.podManagementPolicy ?? ''),
    ...strategyErrors(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...retentionErrors(spec),
    ...allNonNegative(spec, ['replicas', 'minReadySeconds'], path),
    ...nonNegative(spec.ordinals?.start, path.child('ordinals', 'start')),
    ...requiredSelector(
      spec.selector,
      'empty selector is invalid for statefulset',
      path.child('selector'),
    ),
    ...templateErrors(spec),
  ];
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
        ? [invalid(rolling, rollingUpdate, "only allowed for updateStrategy 'RollingUpdate'")]
        : [];
    case 'RollingUpdate':
      return [
        ...nonNegative(rollingUpdate?.partition, rolling.child('partition')),
        ...positiveIntOrPercent(rollingUpdate?.maxUnavailable, rolling.child('maxUnavailable')),
        ...notMoreThanHundredPercent(
          rollingUpdate?.maxUnavailable,
          rolling.child('maxUnavailable'),
        ),
      ];
    default:
      return [invalid(at, shownStrategy(strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  }
}

/** As upstream prints it: with the names of its Go fields. */
function shownStrategy({ type, rollingUpdate }: StatefulSetUpdateStrategy): object {
  return { Type: type ?? '', RollingUpdate: rollingUpdate ?? null };
}

function retentionErrors({ persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec) {
  if (!policy) return [];
  const at = path.child('persistentVolumeClaimRetentionPolicy');
  const choices = ['Retain', 'Delete'];
  return [
    ...oneOf(policy.whenDeleted ?? '', choices, at.child('whenDeleted')),
    ...oneOf(policy.whenScaled ?? '', choices, at.child('whenScaled')),
  ];
}

function templateErrors({ selector, template }: StatefulSetSpec): FieldError[] {
  const matcher = compiled(selector);
  const at = path.child('template');
  return [
    ...(matcher
      ? metadataErrors(matcher, template, at)
      : [invalid(path.child('selector'), selector, '')]),
    ...alwaysRunning(template, 'StatefulSet', at),
  ];
}

/** Only the template's metadata: its volumes are complete once claims are made. */
function metadataErrors(matcher: Selector, template: PodTemplateSpec, at: Path): FieldError[] {
  const { labels, annotations } = template.metadata ?? {};
  const errors = [
    ...labelMismatch(matcher, template, at),
    ...labelErrors(labels, at.child('labels')),
  ];
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
  const errors = validateStatefulSet(object);
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
