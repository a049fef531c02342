/** A reader over a few objects, for tests of authorizers. */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';

/** Objects by the plural name of their resource. `version` counts the calls of `touch`. */
export function fakeReader(
  objects: Record<string, readonly KubernetesObject[]>,
): ObjectReader & { touch(): void } {
  let version = 1;
  const all = (of: ResourceName): readonly KubernetesObject[] => objects[of.resource] ?? [];
  const reader = {
    get: (of: ResourceName, namespace: string, name: string) =>
      all(of).find(
        ({ metadata }) => metadata.name === name && (metadata.namespace ?? '') === namespace,
      ),
    list: (of: ResourceName, namespace: string) =>
      all(of).filter(({ metadata }) => namespace === '' || metadata.namespace === namespace),
    listBy: (of: ResourceName, field: string, value: string) =>
      all(of).filter((object) => fieldOf(object, field) === value),
    version: () => version,
    touch: () => void version++,
  };
  return reader as unknown as ObjectReader & { touch(): void };
}

function fieldOf(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}
