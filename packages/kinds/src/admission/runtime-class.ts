/** What a pod's runtime class says about overhead and placement becomes part of the pod. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { RuntimeClass } from '@navarch/api/types/node/v1';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { isFor, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const classes = { group: 'node.k8s.io', resource: 'runtimeclasses' };
const mismatch = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, '', 'pods'),
  mutate(attributes, { read }) {
    const pod = attributes.object;
    if (!isPod(pod)) return pod;
    const found = classOf(pod, attributes, read);
    return found ? scheduled(withOverhead(pod, found, attributes), found, attributes) : pod;
  },
  validate(attributes, { read }) {
    const pod = attributes.object;
    if (!isPod(pod)) return;
    const overhead = classOf(pod, attributes, read)?.overhead;
    if (overhead) {
      if (semanticallyEqual(overhead.podFixed, pod.spec.overhead)) return;
      throw refusal(attributes, mismatch);
    }
    if (pod.spec.overhead === undefined) return;
    const message =
      'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
    throw refusal(attributes, message);
  },
};

function classOf(
  { spec }: Pod,
  attributes: AdmissionAttributes,
  read: ObjectReader,
): RuntimeClass | undefined {
  const name = spec.runtimeClassName;
  if (name === undefined) return undefined;
  const found = read.get<RuntimeClass>(classes, '', name);
  if (found) return found;
  throw refusal(attributes, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
}

function withOverhead(pod: Pod, found: RuntimeClass, attributes: AdmissionAttributes): Pod {
  const fixed = found.overhead?.podFixed;
  if (!found.overhead) return pod;
  const { overhead } = pod.spec;
  if (overhead !== undefined && !semanticallyEqual(overhead, fixed)) {
    throw refusal(attributes, mismatch);
  }
  return fixed ? { ...pod, spec: { ...pod.spec, overhead: fixed } } : pod;
}

/** Where the runtime exists: its labels must not contradict the pod's; its tolerations are added. */
function scheduled(pod: Pod, { scheduling }: RuntimeClass, attributes: AdmissionAttributes): Pod {
  if (!scheduling) return pod;
  const own = pod.spec.nodeSelector ?? {};
  for (const [key, value] of Object.entries(scheduling.nodeSelector ?? {})) {
    const chosen = own[key];
    if (chosen === undefined || chosen === value) continue;
    const message = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${chosen}`;
    throw refusal(attributes, message);
  }
  const nodeSelector = { ...own, ...scheduling.nodeSelector };
  const tolerations = mergedTolerations(pod, scheduling);
  return {
    ...pod,
    spec: {
      ...pod.spec,
      ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
      ...(tolerations.length > 0 && { tolerations }),
    },
  };
}

function mergedTolerations({ spec }: Pod, scheduling: NonNullable<RuntimeClass['scheduling']>) {
  const own = listOf(spec.tolerations);
  const more = listOf(scheduling.tolerations).filter(
    (toleration) => !own.some((known) => semanticallyEqual(known, toleration)),
  );
  return [...own, ...more];
}
