/** What tests of admission plugins share: a pod, another object, and what a plugin leaves of a pod. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext, type FakeRequest } from '../testing.ts';

export const pods = { group: '', resource: 'pods' };
export const container = { name: 'c', image: 'i' };

export function pod(spec: Partial<PodSpec> = {}): Pod {
  const metadata = { name: 'x', namespace: 'n' };
  return { kind: 'Pod', apiVersion: 'v1', metadata, spec: { containers: [container], ...spec } };
}

export function object(kind: string, name: string, more: object = {}): KubernetesObject {
  return { kind, metadata: { name }, ...more };
}

/** What is left of the pod's spec, or the refusal. */
export async function specOf(
  plugin: Parameters<typeof admit>[0],
  given: Partial<PodSpec>,
  request: FakeRequest = {},
): Promise<PodSpec | string> {
  const admitted = await admit(plugin, creation(pods, pod(given)), fakeContext(request));
  if (typeof admitted === 'object' && 'spec' in admitted) return (admitted as Pod).spec;
  return typeof admitted === 'string' ? admitted : 'nothing';
}
