/** The config maps and secrets that a pod refers to, and what happens when they are not there. Pure. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { type Missing, type MountFailure, nothingMissing } from './plan.ts';

/** One place where a pod names one. */
interface Reference {
  readonly kind: 'configmap' | 'secret';
  readonly name: string;
  readonly optional: boolean;
  /** Which parts of it are wanted; all when empty. */
  readonly keys: readonly string[];
}

/** The keys of a config map or secret; undefined when there is none. */
export type Lookup = (kind: Reference['kind'], name: string) => ReadonlySet<string> | undefined;

/** Published into every namespace by a controller: never worth a question. */
const alwaysThere = 'kube-root-ca.crt';

/** Each that must be looked up, once. */
export function configurationOf(pod: Pod): readonly Pick<Reference, 'kind' | 'name'>[] {
  const all = [
    ...containersOf(pod).flatMap(environmentOf),
    ...(pod.spec.volumes ?? []).flatMap(sourcesOf),
  ];
  return [...new Map(all.map((it) => [`${it.kind}/${it.name}`, it])).values()];
}

/** What stands in the way of the pod's containers and volumes. */
export function missingOf(pod: Pod, lookup: Lookup): Missing {
  const environment = new Map<string, string>();
  for (const container of containersOf(pod)) {
    const problem = firstProblem(environmentOf(container), lookup, (reference, key) => {
      const kind = reference.kind === 'secret' ? 'Secret' : 'ConfigMap';
      return `couldn't find key ${key} in ${kind} ${pod.metadata.namespace}/${reference.name}`;
    });
    if (problem !== undefined) environment.set(container.name, problem);
  }
  const volumes = (pod.spec.volumes ?? []).flatMap((volume): MountFailure[] => {
    const problem = firstProblem(sourcesOf(volume), lookup, ({ kind }, key) =>
      kind === 'secret'
        ? `references non-existent secret key: ${key}`
        : `configmap references non-existent config key: ${key}`,
    );
    return problem === undefined ? [] : [{ volume: volume.name, problem }];
  });
  return environment.size + volumes.length === 0 ? nothingMissing : { environment, volumes };
}

function firstProblem(
  references: readonly Reference[],
  lookup: Lookup,
  keyProblem: (reference: Reference, key: string) => string,
): string | undefined {
  for (const reference of references) {
    if (reference.optional) continue;
    const keys = lookup(reference.kind, reference.name);
    if (keys === undefined) return `${reference.kind} "${reference.name}" not found`;
    const lost = reference.keys.find((key) => !keys.has(key));
    if (lost !== undefined) return keyProblem(reference, lost);
  }
  return undefined;
}

function containersOf({ spec }: Pod): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

interface Source {
  readonly name?: string;
  readonly optional?: boolean;
  readonly key?: string;
  readonly items?: readonly { readonly key: string }[];
}

function reference(kind: Reference['kind'], source: Source | undefined): readonly Reference[] {
  if (!source?.name || source.name === alwaysThere) return [];
  const { name, optional = false, key, items = [] } = source;
  return [{ kind, name, optional, keys: key === undefined ? items.map((it) => it.key) : [key] }];
}

function environmentOf({ envFrom = [], env = [] }: Container): readonly Reference[] {
  return [
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...reference('configmap', configMapRef),
      ...reference('secret', secretRef),
    ]),
    ...env.flatMap(({ valueFrom }) => [
      ...reference('configmap', valueFrom?.configMapKeyRef),
      ...reference('secret', valueFrom?.secretKeyRef),
    ]),
  ];
}

function sourcesOf({ configMap, secret, projected }: Volume): readonly Reference[] {
  return [
    ...reference('configmap', configMap),
    ...reference('secret', secret && { ...secret, name: secret.secretName }),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...reference('configmap', source.configMap),
      ...reference('secret', source.secret),
    ]),
  ];
}
