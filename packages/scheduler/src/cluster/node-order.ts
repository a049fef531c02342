/**
 * The order in which nodes are looked at: one of each zone in turn, so that a search that stops early has still seen all zones. Pure.
 */
import type { Node } from '@navarch/api/types/core/v1/node';

export const hostnameLabel = 'kubernetes.io/hostname';
export const zoneLabel = 'topology.kubernetes.io/zone';
const regionLabel = 'topology.kubernetes.io/region';

interface Placed {
  readonly node: Node;
}

export function zonesInTurn<T extends Placed>(nodes: Iterable<T>): readonly T[] {
  const zones = new Map<string, T[]>();
  for (const node of nodes) {
    const labels = node.node.metadata.labels;
    const zone = `${labels?.[regionLabel] ?? ''}\0${labels?.[zoneLabel] ?? ''}`;
    const members = zones.get(zone);
    if (members) members.push(node);
    else zones.set(zone, [node]);
  }
  const inTurn: T[] = [];
  const longest = Math.max(0, ...[...zones.values()].map(({ length }) => length));
  for (let round = 0; round < longest; round++) {
    for (const members of zones.values()) {
      const node = members[round];
      if (node) inTurn.push(node);
    }
  }
  return inTurn;
}
