/** What the workload kinds have in common: a pod template and the conditions they report. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition, TableColumn } from '@navarch/api/extension/resource';
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import type { Draft, IntOrString } from '@navarch/api/types/scalars';
import { setPodSpecDefaults } from '../core/pod/defaults.ts';
import { withoutDisabled } from '../core/pod/disabled.ts';
import { dropOldAnnotations } from '../core/pod/old-annotations.ts';
import { withMember } from '../strategy.ts';
import { containersColumn, imagesColumn, selectorColumn } from '../table/columns.ts';

/** The three columns that wide output adds to workloads. */
export const workloadColumns: readonly TableColumn[] = [
  containersColumn,
  imagesColumn,
  selectorColumn,
];

export function setTemplateDefaults(template: Draft<PodTemplateSpec> | null | undefined): void {
  if (template?.spec) setPodSpecDefaults(template.spec);
  if (template?.metadata) dropOldAnnotations(template.metadata);
}

type Strategy<T extends KubernetesObject> = Pick<
  ResourceDefinition<T>,
  'prepareForCreate' | 'prepareForUpdate' | 'resetFields'
>;

/** The strategy, for objects whose templates have first lost what no pod can have. */
export function trimming<T extends KubernetesObject>(
  strategy: Strategy<T>,
  trim: (object: T) => T,
): Strategy<T> {
  return {
    ...strategy,
    prepareForCreate: (submitted, context) => {
      const trimmed = trim(submitted);
      return strategy.prepareForCreate?.(trimmed, context) ?? trimmed;
    },
    prepareForUpdate: (submitted, stored, context) => {
      const trimmed = trim(submitted);
      return strategy.prepareForUpdate?.(trimmed, stored, context) ?? trimmed;
    },
  };
}

interface WithTemplate {
  readonly template?: PodTemplateSpec;
}

/** `trimming` for the kinds with a template in their spec. */
export function trimmingTemplate<T extends KubernetesObject & { readonly spec: WithTemplate }>(
  strategy: Strategy<T>,
): Strategy<T> {
  return trimming(strategy, (object) => withMember(object, 'spec', trimTemplate(object.spec)));
}

export function trimTemplate<S extends WithTemplate>(spec: S): S {
  const { template } = spec;
  // Templates that clients leave out have no spec, whatever their type says.
  if (!template || !template.spec) return spec;
  const trimmed = withoutDisabled(template.spec);
  return trimmed === template.spec ? spec : { ...spec, template: { ...template, spec: trimmed } };
}

/** A share of something is rounded by its owner; here only whole numbers and percentages are told apart. */
export function percentOf(value: IntOrString | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  return value.endsWith('%') ? Number.parseInt(value, 10) : undefined;
}
