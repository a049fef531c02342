/** Service accounts may say that their pods use no secrets but those that they list. Deprecated, but still in force. */
import type { ServiceAccount } from '@navarch/api/types/core/v1/config';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../nil.ts';

const annotation = 'kubernetes.io/enforce-mountable-secrets';

/** The first secret that the pod must not use, as a message; undefined when all is well. */
export function mountableSecretsProblem(pod: Pod, account: ServiceAccount): string | undefined {
  if (account.metadata.annotations?.[annotation] !== 'true') return undefined;
  const allowed = new Set(listOf(account.secrets).map((secret) => secret.name));
  const tail = `because service account ${account.metadata.name ?? ''} does not reference that`;
  return (
    volumeProblem(pod, allowed, tail) ??
    containersProblem('init container', listOf(pod.spec.initContainers), allowed, tail) ??
    containersProblem('container', listOf(pod.spec.containers), allowed, tail) ??
    pullProblem(pod, account, tail)
  );
}

type Allowed = ReadonlySet<string | undefined>;

function volumeProblem({ spec }: Pod, allowed: Allowed, tail: string): string | undefined {
  const bad = listOf(spec.volumes).find(({ secret }) => secret && !allowed.has(secret.secretName));
  const name = bad?.secret?.secretName ?? '';
  return bad && `volume with secret.secretName="${name}" is not allowed ${tail} secret`;
}

function containersProblem(
  what: string,
  containers: readonly Container[],
  allowed: Allowed,
  tail: string,
): string | undefined {
  for (const { name, env } of containers) {
    for (const variable of listOf(env)) {
      const reference = variable.valueFrom?.secretKeyRef;
      if (!reference || allowed.has(reference.name)) continue;
      return `${what} ${name} with envVar ${variable.name} referencing secret.secretName="${reference.name ?? ''}" is not allowed ${tail} secret`;
    }
  }
  return undefined;
}

function pullProblem({ spec }: Pod, account: ServiceAccount, tail: string): string | undefined {
  const allowed = new Set(listOf(account.imagePullSecrets).map((secret) => secret.name));
  const secrets = listOf(spec.imagePullSecrets);
  const index = secrets.findIndex((secret) => !allowed.has(secret.name));
  if (index < 0) return undefined;
  const name = secrets[index]?.name ?? '';
  return `imagePullSecrets[${index}].name="${name}" is not allowed ${tail} imagePullSecret`;
}
