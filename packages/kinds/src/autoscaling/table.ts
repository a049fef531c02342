/** How autoscalers print: each metric as `current/target`, two at most. */
import type { TableDefinition } from '@navarch/api/extension/resource';
import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '@navarch/api/types/autoscaling/v2';
import { age } from '../table/age.ts';
import { none, unknown } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

const shownMax = 2;

export const autoscalerTable: TableDefinition<HorizontalPodAutoscaler> = {
  columns: [
    nameColumn,
    column('Reference', 'What is scaled.'),
    column('Targets', 'The metrics: now, and as wanted.'),
    column('MinPods', 'The fewest replicas.'),
    column('MaxPods', 'The most replicas.'),
    column('Replicas', 'Replicas when last seen.'),
    ageColumn,
  ],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name ?? '',
    `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    targetsCell(spec.metrics ?? [], status?.currentMetrics ?? []),
    spec.minReplicas === undefined ? '<unset>' : String(spec.minReplicas),
    spec.maxReplicas,
    status?.currentReplicas ?? 0,
    age(nowMs, metadata.creationTimestamp),
  ],
};

function targetsCell(specs: readonly MetricSpec[], now: readonly MetricStatus[]): string {
  if (specs.length === 0) return none;
  const texts = specs.map((metric, i) => metricText(metric, now[i]));
  const shown = texts.slice(0, shownMax).join(', ');
  return texts.length > shownMax ? `${shown} + ${texts.length - shownMax} more...` : shown;
}

function metricText(metric: MetricSpec, now: MetricStatus | undefined): string {
  switch (metric.type) {
    case 'External':
      return metric.external ? valueText(metric.external.target, now?.external?.current) : unknown;
    case 'Object':
      return metric.object ? valueText(metric.object.target, now?.object?.current) : unknown;
    case 'Pods':
      return `${currentAmount(now?.pods?.current, 'averageValue')}/${metric.pods?.target.averageValue ?? ''}`;
    case 'Resource':
      return resourceText(metric.resource, now?.resource);
    case 'ContainerResource':
      return resourceText(metric.containerResource, now?.containerResource);
    default:
      return '<unknown type>';
  }
}

function valueText(target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) {
    return `${current?.averageValue ?? unknown}/${target.averageValue} (avg)`;
  }
  return `${currentAmount(current, 'value')}/${target.value ?? ''}`;
}

/** What is measured but not in this form reads as no value at all. */
function currentAmount(
  current: MetricValueStatus | undefined,
  form: 'value' | 'averageValue',
): string {
  return current ? (current[form] ?? '<nil>') : unknown;
}

interface ResourceMetric {
  readonly name: string;
  readonly target: MetricTarget;
}

function resourceText(
  metric: ResourceMetric | undefined,
  now: { readonly current: MetricValueStatus } | undefined,
): string {
  if (!metric) return unknown;
  const { name, target } = metric;
  if (target.averageValue !== undefined) {
    return `${name}: ${currentAmount(now?.current, 'averageValue')}/${target.averageValue}`;
  }
  const utilization = now?.current.averageUtilization;
  const current = utilization === undefined ? unknown : `${utilization}%`;
  const wanted = target.averageUtilization;
  return `${name}: ${current}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
}
