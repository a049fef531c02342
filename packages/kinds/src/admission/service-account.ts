/** Every pod runs as a service account, and gets that account's token unless it wants none. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { ServiceAccount } from '@navarch/api/types/core/v1/config';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../nil.ts';
import { mountableSecretsProblem } from './mountable-secrets.ts';
import { isFor, isMirrorPod, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const accounts = { group: '', resource: 'serviceaccounts' };
const volumePrefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const suffixLength = 5;

/** An hour, and a little more so that nodes refresh it in time. */
const tokenSeconds = 3607;

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, '', 'pods'),
  mutate(attributes, context) {
    const pod = attributes.object;
    if (!isPod(pod)) return pod;
    if (isMirrorPod(pod)) return withoutAccount(pod, attributes);
    const name = pod.spec.serviceAccountName || 'default';
    const account = accountOf(attributes, name, context);
    let spec: PodSpec = { ...pod.spec, serviceAccountName: name, serviceAccount: name };
    if (wantsToken(pod, account)) spec = withToken(spec, context);
    const secrets = listOf(account.imagePullSecrets);
    if (listOf(spec.imagePullSecrets).length === 0 && secrets.length > 0) {
      spec = { ...spec, imagePullSecrets: secrets };
    }
    const problem = mountableSecretsProblem({ ...pod, spec }, account);
    if (problem) throw refusal(attributes, problem);
    return { ...pod, spec };
  },
};

/** What a node runs by itself cannot depend on what the API server holds. */
function withoutAccount(pod: Pod, attributes: AdmissionAttributes): Pod {
  if (pod.spec.serviceAccountName) {
    throw refusal(attributes, 'a mirror pod may not reference service accounts');
  }
  if (referencesSecrets(pod)) throw refusal(attributes, 'a mirror pod may not reference secrets');
  const projects = listOf(pod.spec.volumes).some((volume) =>
    listOf(volume.projected?.sources).some((source) => source.serviceAccountToken),
  );
  if (projects) {
    const message = 'a mirror pod may not use ServiceAccountToken volume projections';
    throw refusal(attributes, message);
  }
  return pod;
}

function referencesSecrets({ spec }: Pod): boolean {
  const containers = [...listOf(spec.initContainers), ...listOf(spec.containers)];
  return (
    listOf(spec.imagePullSecrets).length > 0 ||
    listOf(spec.volumes).some((volume) => volume.secret) ||
    containers.some(
      (container) =>
        listOf(container.env).some((variable) => variable.valueFrom?.secretKeyRef) ||
        listOf(container.envFrom).some((source) => source.secretRef),
    )
  );
}

function accountOf(
  attributes: AdmissionAttributes,
  name: string,
  { read }: RequestContext,
): ServiceAccount {
  const { namespace } = attributes;
  const account = read.get<ServiceAccount>(accounts, namespace, name);
  if (account) return account;
  const message = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
  throw refusal(attributes, message);
}

/** The pod's word counts before the account's. */
function wantsToken(pod: Pod, account: ServiceAccount): boolean {
  return pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
}

/** The token at its path in every container that has nothing there yet. */
function withToken(spec: PodSpec, { services }: RequestContext): PodSpec {
  const existing = listOf(spec.volumes).find((volume) => volume.name.startsWith(volumePrefix));
  const name = existing?.name ?? `${volumePrefix}${services.random.nameSuffix(suffixLength)}`;
  const bare = (container: Container) =>
    !listOf(container.volumeMounts).some((mount) => mount.mountPath === mountPath);
  const mounted = (container: Container): Container =>
    bare(container)
      ? {
          ...container,
          volumeMounts: [...listOf(container.volumeMounts), { name, readOnly: true, mountPath }],
        }
      : container;
  const containers = [...listOf(spec.initContainers), ...listOf(spec.containers)];
  if (!containers.some(bare)) return spec;
  return {
    ...spec,
    ...(existing ? undefined : { volumes: [...listOf(spec.volumes), tokenVolume(name)] }),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(mounted) }),
    containers: spec.containers.map(mounted),
  };
}

/** The token, whom to trust, and where the pod is. */
function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
        {
          configMap: {
            name: 'kube-root-ca.crt',
            items: [{ key: 'ca.crt', path: 'ca.crt' }],
          },
        },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
              },
            ],
          },
        },
      ],
      defaultMode: 0o644,
    },
  };
}
