/** The metrics of the two versions say the same in different shapes; the older shape lives on in annotations. */
import type {
  MetricSpec as OldSpec,
  MetricStatus as OldStatus,
} from '@navarch/api/types/autoscaling/v1';
import type {
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '@navarch/api/types/autoscaling/v2';

export function toOldSpec(metric: MetricSpec): OldSpec {
  const { type, object, pods, resource, containerResource, external } = metric;
  return {
    type: oldType(type),
    ...(object && {
      object: {
        target: object.describedObject,
        metricName: object.metric.name,
        targetValue: object.target.value ?? '0',
        ...(object.metric.selector && { selector: object.metric.selector }),
        ...(object.target.averageValue !== undefined && {
          averageValue: object.target.averageValue,
        }),
      },
    }),
    ...(pods && {
      pods: {
        metricName: pods.metric.name,
        targetAverageValue: pods.target.averageValue ?? '0',
        ...(pods.metric.selector && { selector: pods.metric.selector }),
      },
    }),
    ...(resource && { resource: { name: resource.name, ...oldTarget(resource.target) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.name,
        ...oldTarget(containerResource.target),
        container: containerResource.container,
      },
    }),
    ...(external && { external: oldExternal(external) }),
  };
}

function oldExternal({ metric, target }: NonNullable<MetricSpec['external']>) {
  return {
    metricName: metric.name,
    ...(metric.selector && { metricSelector: metric.selector }),
    ...(target.value !== undefined && { targetValue: target.value }),
    ...(target.averageValue !== undefined && { targetAverageValue: target.averageValue }),
  };
}

function oldTarget({ averageUtilization, averageValue }: MetricTarget) {
  return {
    ...(averageUtilization !== undefined && { targetAverageUtilization: averageUtilization }),
    ...(averageValue !== undefined && { targetAverageValue: averageValue }),
  };
}

export function fromOldSpec(metric: OldSpec): MetricSpec {
  const { type, object, pods, resource, containerResource, external } = metric;
  return {
    type,
    ...(object && {
      object: {
        describedObject: object.target,
        target: newTarget(object.targetValue, object.averageValue),
        metric: identifier(object.metricName, object.selector),
      },
    }),
    ...(pods && {
      pods: {
        metric: identifier(pods.metricName, pods.selector),
        target: newTarget(undefined, pods.targetAverageValue),
      },
    }),
    ...(resource && { resource: { name: resource.name, target: resourceTarget(resource) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.name,
        target: resourceTarget(containerResource),
        container: containerResource.container,
      },
    }),
    ...(external && {
      external: {
        metric: identifier(external.metricName, external.metricSelector),
        target: newTarget(external.targetValue, external.targetAverageValue),
      },
    }),
  };
}

type Selector = NonNullable<MetricSpec['pods']>['metric']['selector'];

function identifier(name: string, selector: Selector) {
  return { name, ...(selector && { selector }) };
}

function newTarget(value: string | undefined, averageValue: string | undefined): MetricTarget {
  return {
    type: averageValue === undefined ? 'Value' : 'AverageValue',
    ...(value !== undefined && { value }),
    ...(averageValue !== undefined && { averageValue }),
  };
}

interface OldResourceTarget {
  readonly targetAverageUtilization?: number;
  readonly targetAverageValue?: string;
}

function resourceTarget(old: OldResourceTarget): MetricTarget {
  const { targetAverageUtilization: utilization, targetAverageValue: value } = old;
  return {
    type: utilization === undefined ? 'AverageValue' : 'Utilization',
    ...(value !== undefined && { averageValue: value }),
    ...(utilization !== undefined && { averageUtilization: utilization }),
  };
}

export function toOldStatus(metric: MetricStatus): OldStatus {
  const { type, object, pods, resource, containerResource, external } = metric;
  return {
    type: oldType(type),
    ...(object && {
      object: {
        target: object.describedObject,
        metricName: object.metric.name,
        currentValue: object.current.value ?? '0',
        ...(object.metric.selector && { selector: object.metric.selector }),
        ...(object.current.averageValue !== undefined && {
          averageValue: object.current.averageValue,
        }),
      },
    }),
    ...(pods && {
      pods: {
        metricName: pods.metric.name,
        currentAverageValue: pods.current.averageValue ?? '0',
        ...(pods.metric.selector && { selector: pods.metric.selector }),
      },
    }),
    ...(resource && { resource: { name: resource.name, ...oldCurrent(resource.current) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.name,
        ...oldCurrent(containerResource.current),
        container: containerResource.container,
      },
    }),
    ...(external && {
      external: {
        metricName: external.metric.name,
        ...(external.metric.selector && { metricSelector: external.metric.selector }),
        currentValue: external.current.value ?? '0',
        ...(external.current.averageValue !== undefined && {
          currentAverageValue: external.current.averageValue,
        }),
      },
    }),
  };
}

function oldCurrent({ averageUtilization, averageValue }: MetricValueStatus) {
  return {
    ...(averageUtilization !== undefined && { currentAverageUtilization: averageUtilization }),
    currentAverageValue: averageValue ?? '0',
  };
}

export function fromOldStatus(metric: OldStatus): MetricStatus {
  const { type, object, pods, resource, containerResource, external } = metric;
  return {
    type,
    ...(object && {
      object: {
        metric: identifier(object.metricName, object.selector),
        current: current(object.currentValue, object.averageValue),
        describedObject: object.target,
      },
    }),
    ...(pods && {
      pods: {
        metric: identifier(pods.metricName, pods.selector),
        current: current(undefined, pods.currentAverageValue),
      },
    }),
    ...(resource && { resource: { name: resource.name, current: resourceCurrent(resource) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.name,
        current: resourceCurrent(containerResource),
        container: containerResource.container,
      },
    }),
    ...(external && {
      external: {
        metric: identifier(external.metricName, external.metricSelector),
        current: current(external.currentValue, external.currentAverageValue),
      },
    }),
  };
}

function current(value: string | undefined, averageValue: string | undefined): MetricValueStatus {
  return {
    ...(value !== undefined && { value }),
    ...(averageValue !== undefined && { averageValue }),
  };
}

interface OldResourceCurrent {
  readonly currentAverageUtilization?: number;
  readonly currentAverageValue: string;
}

function resourceCurrent(old: OldResourceCurrent): MetricValueStatus {
  const { currentAverageUtilization: utilization, currentAverageValue: averageValue } = old;
  return { averageValue, ...(utilization !== undefined && { averageUtilization: utilization }) };
}

const oldTypes = ['Object', 'Pods', 'Resource', 'ContainerResource', 'External'] as const;

/** What the newer version holds has been validated, so that it is one of the known types. */
function oldType(type: string): OldSpec['type'] {
  return oldTypes.find((known) => known === type) ?? 'Object';
}
