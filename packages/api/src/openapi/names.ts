/** Names of definitions: `core/v1.Pod` is `io.k8s.api.core.v1.Pod`. Clients look kinds up by other means, people by these. */
import type { ScalarType } from '../schema/schema.ts';
import type { OpenApiKind } from './resource.ts';

const packages: Readonly<Record<string, string>> = {
  meta: 'io.k8s.apimachinery.pkg.apis.meta',
  apiextensions: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
  apiregistration: 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};

export function definitionName(schemaName: string): string {
  const slash = schemaName.indexOf('/');
  const folder = schemaName.slice(0, slash);
  return `${packages[folder] ?? `io.k8s.api.${folder}`}.${schemaName.slice(slash + 1)}`;
}

/** Scalars that have definitions of their own. */
export const scalarDefinitions: Readonly<Partial<Record<ScalarType, string>>> = {
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
  microTime: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  duration: 'io.k8s.apimachinery.pkg.apis.meta.v1.Duration',
  rawExtension: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
  fieldsV1: 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
};

export const patchDefinition = 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch';

/** Custom kinds: the group backwards. */
export function customDefinitionName({ group, version, kind }: OpenApiKind): string {
  return [...group.split('.').toReversed(), version, kind].join('.');
}

/** The middle of operation ids: `CoreV1`, `RbacAuthorizationV1`. */
export function operationGroup({ group, version }: { group: string; version: string }): string {
  const words = group === '' ? ['core'] : group.replace(/\.k8s\.io$/, '').split(/[.-]/);
  return [...words, version].map(capitalised).join('');
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
