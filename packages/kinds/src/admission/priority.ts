/** Pods name a priority class; the number that goes with it is filled in here, and cannot be chosen. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PriorityClass } from '@navarch/api/types/scheduling/v1';
import { isFor, isPod, isPriorityClass } from './objects.ts';
import { refusal } from './refuse.ts';

const group = 'scheduling.k8s.io';
const classes = { group, resource: 'priorityclasses' };

export const priority: AdmissionPlugin = {
  name: 'Priority',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') &&
    (isFor(asked, '', 'pods') || isFor(asked, group, 'priorityclasses')),
  mutate(attributes, { read }) {
    const { object, oldObject, operation } = attributes;
    if (!isPod(object)) return object;
    if (operation === 'CREATE') return withPriority(object, attributes, read);
    return isPod(oldObject) ? keepPriority(object, oldObject) : object;
  },
  validate(attributes, { read }) {
    const { object } = attributes;
    if (!isPriorityClass(object) || !object.globalDefault) return;
    const other = read
      .list<PriorityClass>(classes, '')
      .find((known) => known.globalDefault && known.metadata.name !== object.metadata.name);
    if (!other) return;
    const message = `PriorityClass ${other.metadata.name ?? ''} is already marked as default. Only one default can exist`;
    throw refusal(attributes, message);
  },
};

/** Clients that do not know the number leave it out when they replace a pod. */
function keepPriority(pod: Pod, stored: Pod): Pod {
  const { priority: value, preemptionPolicy: policy } = stored.spec;
  const spec = {
    ...pod.spec,
    ...(pod.spec.priority === undefined && value !== undefined && { priority: value }),
    ...(pod.spec.preemptionPolicy === undefined && policy && { preemptionPolicy: policy }),
  };
  return { ...pod, spec };
}

function withPriority(pod: Pod, attributes: AdmissionAttributes, read: ObjectReader): Pod {
  const { spec } = pod;
  const found = classOf(pod, attributes, read);
  const value = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  if (spec.priority !== undefined && spec.priority !== value) {
    const message = `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
    throw refusal(attributes, message);
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    const message = `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`;
    throw refusal(attributes, message);
  }
  const priorityClassName = found?.metadata.name ?? spec.priorityClassName;
  return {
    ...pod,
    spec: {
      ...spec,
      ...(priorityClassName && { priorityClassName }),
      priority: value,
      preemptionPolicy: policy,
    },
  };
}

/** The class that the pod names, or the cluster's default; undefined when there is none. */
function classOf(
  { spec }: Pod,
  attributes: AdmissionAttributes,
  read: ObjectReader,
): PriorityClass | undefined {
  const { priorityClassName: name } = spec;
  if (name) {
    const found = read.get<PriorityClass>(classes, '', name);
    if (found) return found;
    throw refusal(attributes, `no PriorityClass with name ${name} was found`);
  }
  // Of several defaults, the one that takes least.
  return read
    .list<PriorityClass>(classes, '')
    .filter((known) => known.globalDefault)
    .toSorted((a, b) => a.value - b.value)[0];
}
