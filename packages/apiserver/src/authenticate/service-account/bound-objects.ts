/** A token lives no longer than its service account and what it is bound to. */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectReference, TokenClaims } from './claims.ts';

const serviceAccounts: ResourceName = { group: '', resource: 'serviceaccounts' };
const pods: ResourceName = { group: '', resource: 'pods' };
const secrets: ResourceName = { group: '', resource: 'secrets' };
const nodes: ResourceName = { group: '', resource: 'nodes' };

/** How long what is being deleted still counts: its pods may need their identity to shut down. */
const deletionLeewayMs = 60_000;

/** Why the token does not count any more; undefined when it does. Synchronous and cheap: it runs with each request. */
export function whyUnbound(
  claims: TokenClaims,
  read: ObjectReader,
  nowMs: number,
): string | undefined {
  const { namespace, serviceaccount, pod, secret, node } = claims['kubernetes.io'];
  return (
    check(read, nowMs, serviceAccounts, namespace, serviceaccount) ??
    (secret && check(read, nowMs, secrets, namespace, secret)) ??
    (pod ? check(read, nowMs, pods, namespace, pod) : node && check(read, nowMs, nodes, '', node))
  );
}

function check(
  read: ObjectReader,
  nowMs: number,
  of: ResourceName,
  namespace: string,
  { name, uid }: ObjectReference,
): string | undefined {
  const { metadata } = read.get<KubernetesObject>(of, namespace, name) ?? {};
  if (!metadata) return `${of.resource} "${name}" not found`;
  if (metadata.uid !== uid) {
    return `${of.resource} UID (${metadata.uid}) does not match claim (${uid})`;
  }
  const { deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined && Date.parse(deletionTimestamp) + deletionLeewayMs < nowMs) {
    return `${of.resource} "${name}" has been deleted`;
  }
  return undefined;
}
