/** Which certificates a cluster has, what each is for, and when one must be made anew. Pure. */
import type { Subject } from './certificate.ts';

export type AuthorityName = 'ca' | 'front-proxy-ca';

export interface AuthorityPlan {
  /** Its files are `<name>.crt` and `<name>.key`. */
  readonly name: AuthorityName;
  readonly subject: Subject;
}

export interface LeafPlan {
  readonly name: string;
  readonly issuer: AuthorityName;
  readonly subject: Subject;
  readonly usage: 'server' | 'client' | 'both';
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
}

export interface PkiOptions {
  /** The names and addresses under which the API server is reached, besides the usual ones. */
  readonly hosts: readonly string[];
  /** The first address of the service range. */
  readonly serviceIp: string;
  /** The domain of the cluster's services. */
  readonly clusterDomain: string;
}

const dayMs = 24 * 3_600_000;
export const authorityLifeMs = 3650 * dayMs;
export const leafLifeMs = 365 * dayMs;
/** Certificates begin to count a little before they are made: clocks differ. */
export const backdateMs = 3_600_000;
/** What is left of a leaf when a start makes it anew. */
const renewBeforeMs = 90 * dayMs;

/** File names as kubeadm's, so that people and tools find their way. */
export const authorities: readonly AuthorityPlan[] = [
  { name: 'ca', subject: { commonName: 'kubernetes' } },
  { name: 'front-proxy-ca', subject: { commonName: 'front-proxy-ca' } },
];

export function servingPlan({ hosts, serviceIp, clusterDomain }: PkiOptions): LeafPlan {
  const isAddress = (host: string): boolean => host.includes(':') || /^[\d.]+$/.test(host);
  const dnsNames = [
    'localhost',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${clusterDomain}`,
    ...hosts.filter((host) => !isAddress(host)),
  ];
  const addresses = ['127.0.0.1', '::1', serviceIp, ...hosts.filter(isAddress)];
  return {
    name: 'apiserver',
    issuer: 'ca',
    subject: { commonName: 'kube-apiserver' },
    usage: 'server',
    dnsNames: [...new Set(dnsNames)],
    addresses: [...new Set(addresses)],
  };
}

const client = (
  name: string,
  commonName: string,
  organizations: readonly string[] = [],
  issuer: AuthorityName = 'ca',
): LeafPlan => ({ name, issuer, subject: { commonName, organizations }, usage: 'client' });

export const frontProxyClientPlan: LeafPlan = client(
  'front-proxy-client',
  'front-proxy-client',
  [],
  'front-proxy-ca',
);
/** The API server, where it is the client of kubelets. */
export const kubeletClientPlan: LeafPlan = client(
  'apiserver-kubelet-client',
  'kube-apiserver-kubelet-client',
  ['system:masters'],
);
export const adminPlan: LeafPlan = client('admin', 'kubernetes-admin', ['system:masters']);
export const controllerManagerPlan: LeafPlan = client(
  'controller-manager',
  'system:kube-controller-manager',
);
export const schedulerPlan: LeafPlan = client('scheduler', 'system:kube-scheduler');

/** A kubelet, as client of the API server. */
export function kubeletPlan(node: string): LeafPlan {
  return client(`kubelet-${node}`, `system:node:${node}`, ['system:nodes']);
}

/** A kubelet, as server for the API server. */
export function kubeletServingPlan(node: string, addresses: readonly string[]): LeafPlan {
  return {
    name: `kubelet-serving-${node}`,
    issuer: 'ca',
    subject: { commonName: `system:node:${node}`, organizations: ['system:nodes'] },
    usage: 'server',
    dnsNames: [node],
    addresses,
  };
}

/** What is on disk, as far as the decision needs it. */
export interface ExistingLeaf {
  readonly validToMs: number;
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
  readonly isSignedByAuthority: boolean;
}

/** Why the certificate must be made anew; undefined when it may stay. */
export function renewalReason(
  plan: LeafPlan,
  existing: ExistingLeaf | undefined,
  nowMs: number,
): string | undefined {
  if (!existing) return 'there is none yet';
  if (!existing.isSignedByAuthority) return 'the authority did not sign it';
  if (existing.validToMs - nowMs < renewBeforeMs) return 'it expires soon';
  const missing = [
    ...(plan.dnsNames ?? []).filter((name) => !existing.dnsNames.includes(name)),
    ...(plan.addresses ?? []).filter((address) => !existing.addresses.includes(address)),
  ];
  return missing.length === 0 ? undefined : `it is not for ${missing.join(', ')}`;
}
