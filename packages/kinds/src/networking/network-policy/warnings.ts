/** Ranges in a network policy that may not mean what their author thinks. */
import { Path } from '@navarch/api/field-error';
import type { NetworkPolicy, NetworkPolicyPeer } from '@navarch/api/types/networking/v1';
import { cidrWarnings } from '../../core/ip.ts';
import { listOf } from '../../nil.ts';

export function networkPolicyWarnings({ spec }: NetworkPolicy): string[] {
  const path = Path.of('spec');
  return [
    ...listOf(spec.ingress).flatMap(({ from }, i) =>
      peerWarnings(from, path.child('ingress').index(i).child('from')),
    ),
    ...listOf(spec.egress).flatMap(({ to }, i) =>
      peerWarnings(to, path.child('egress').index(i).child('to')),
    ),
  ];
}

function peerWarnings(peers: readonly NetworkPolicyPeer[] | undefined, path: Path): string[] {
  return listOf(peers).flatMap(({ ipBlock }, i) => {
    if (!ipBlock) return [];
    const at = path.index(i).child('ipBlock');
    return [
      ...cidrWarnings(ipBlock.cidr, at.child('cidr')),
      ...listOf(ipBlock.except).flatMap((text, j) =>
        cidrWarnings(text, at.child('except').index(j)),
      ),
    ];
  });
}
