/** Finds the pods of a node without looking at all pods. */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Informer } from '@navarch/client/informer';

const byNode = 'spec.nodeName';

function nodeValues({ spec }: Pod): readonly string[] {
  return spec.nodeName ? [spec.nodeName] : [];
}

/** Registers the index; several controllers of one process share it. */
export function indexByNode(pods: Informer<Pod>): void {
  pods.addIndex(byNode, nodeValues);
}

export function podsOnNode(pods: Informer<Pod>, nodeName: string): readonly Pod[] {
  return pods.byIndex(byNode, nodeName);
}
