/** Plugins are asked about requests for resources; these tell the checker what kind of object such a request carries. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Node } from '@navarch/api/types/core/v1/node';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
} from '@navarch/api/types/core/v1/persistent-volume';
import type { Binding, Pod } from '@navarch/api/types/core/v1/pod';
import type { Ingress } from '@navarch/api/types/networking/v1';
import type { PriorityClass } from '@navarch/api/types/scheduling/v1';

type Asked = Pick<AdmissionAttributes, 'operation' | 'resource' | 'subresource'>;

/** Whether a request is for this resource itself, or for the named subresource. */
export function isFor(asked: Asked, group: string, resource: string, subresource = ''): boolean {
  return (
    asked.resource.resource === resource &&
    asked.resource.group === group &&
    asked.subresource === subresource
  );
}

type Maybe = KubernetesObject | undefined;

export const isPod = (object: Maybe): object is Pod => object?.kind === 'Pod';
export const isBinding = (object: Maybe): object is Binding => object?.kind === 'Binding';
export const isNode = (object: Maybe): object is Node => object?.kind === 'Node';
export const isClaim = (object: Maybe): object is PersistentVolumeClaim =>
  object?.kind === 'PersistentVolumeClaim';
export const isVolume = (object: Maybe): object is PersistentVolume =>
  object?.kind === 'PersistentVolume';
export const isIngress = (object: Maybe): object is Ingress => object?.kind === 'Ingress';
export const isPriorityClass = (object: Maybe): object is PriorityClass =>
  object?.kind === 'PriorityClass';

const mirrorAnnotation = 'kubernetes.io/config.mirror';

/** A pod that a node runs from its own files; the API server only gets to see it. */
export function isMirrorPod({ metadata }: Pod): boolean {
  return metadata.annotations?.[mirrorAnnotation] !== undefined;
}
