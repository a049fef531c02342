/** What a start makes of an object that is already there. Each gives the object itself when there is nothing to do. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Service } from '@navarch/api/types/core/v1/service';
import type {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
  Subject,
} from '@navarch/api/types/rbac/v1';
import { ruleCovers } from '../authorize/rbac/cover.ts';
import { autoUpdateAnnotation } from './roles.ts';

/** Adds what is missing; takes nothing away. Leaves alone what someone asked to be left alone. */
export function mergeRole<T extends Role | ClusterRole>(existing: T, wanted: T): T {
  if (isFrozen(existing)) return existing;
  const merged = mergeMetadata(existing, wanted);
  // The aggregation controller writes the rules of an aggregated role.
  if ('aggregationRule' in wanted) return merged;
  if (sameJson(existing.rules, wanted.rules)) return merged; // Nearly always: the check below takes its time.
  const rules = existing.rules ?? [];
  const missing = (wanted.rules ?? []).filter((rule) => !ruleCovers(rules, rule));
  return missing.length === 0 ? merged : { ...merged, rules: [...rules, ...missing] };
}

export function mergeBinding<T extends RoleBinding | ClusterRoleBinding>(
  existing: T,
  wanted: T,
): T {
  if (isFrozen(existing)) return existing;
  const merged = mergeMetadata(existing, wanted);
  const subjects = existing.subjects ?? [];
  const missing = (wanted.subjects ?? []).filter((subject) => !subjects.some(sameAs(subject)));
  return missing.length === 0 ? merged : { ...merged, subjects: [...subjects, ...missing] };
}

function sameAs(subject: Subject): (other: Subject) => boolean {
  return (other) =>
    other.kind === subject.kind &&
    other.name === subject.name &&
    (other.namespace ?? '') === (subject.namespace ?? '');
}

function isFrozen(object: KubernetesObject): boolean {
  return object.metadata.annotations?.[autoUpdateAnnotation] === 'false';
}

function mergeMetadata<T extends KubernetesObject>(existing: T, wanted: T): T {
  const { metadata } = existing;
  const labels = withMissing(metadata.labels, wanted.metadata.labels);
  const annotations = withMissing(metadata.annotations, wanted.metadata.annotations);
  if (labels === metadata.labels && annotations === metadata.annotations) return existing;
  return {
    ...existing,
    metadata: {
      ...metadata,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
  };
}

type Strings = Readonly<Record<string, string>>;

function withMissing(
  existing: Strings | undefined,
  wanted: Strings | undefined,
): Strings | undefined {
  const complete = Object.keys(wanted ?? {}).every((key) => existing?.[key] !== undefined);
  return complete ? existing : { ...wanted, ...existing };
}

/** The API server may have moved to another port since. */
export function mergeServicePorts(existing: Service, wanted: Service): Service {
  if (sameJson(existing.spec?.ports, wanted.spec?.ports)) return existing;
  return { ...existing, spec: { ...existing.spec, ports: wanted.spec?.ports ?? [] } };
}

/** Keeps what is there. */
export function keep<T extends KubernetesObject>(existing: T): T {
  return existing;
}

/** Puts the wanted parts in the place of those that differ, unless the annotation says that people look after the object. */
export function replaceParts<T extends KubernetesObject>(
  parts: readonly (keyof T)[],
  unlessFalse?: string,
): (existing: T, wanted: T) => T {
  return (existing, wanted) => {
    if (unlessFalse !== undefined && existing.metadata.annotations?.[unlessFalse] === 'false') {
      return existing;
    }
    const differing = parts.filter((part) => !sameJson(existing[part], wanted[part]));
    if (differing.length === 0) return existing;
    const changed = Object.fromEntries(differing.map((part) => [part, wanted[part]]));
    return { ...existing, ...changed };
  };
}

/** Equal as JSON, whatever the order of members. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) =>
      sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
