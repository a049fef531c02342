/** Objects without what is in them: meta/v1 PartialObjectMetadata, which many informers are content with. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { MetaVersion } from './negotiate.ts';

export function partialMetadata(object: KubernetesObject, version: MetaVersion): KubernetesObject {
  const type = { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}` };
  return { ...type, metadata: object.metadata };
}
