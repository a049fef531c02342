/**
 * A claim names what its volume is filled from twice: `dataSource`, which knows only snapshots and claims, and
 * `dataSourceRef`, which knows anything. What one says is copied to the other.
 */
import type { PersistentVolumeClaimSpec } from '@navarch/api/types/core/v1/persistent-volume';
import { withMember } from '../../strategy.ts';

type Spec = PersistentVolumeClaimSpec;

export function normaliseSources(spec: Spec, stored?: Spec): Spec {
  return mirrored(withoutForeignReference(withoutUnknownSource(spec, stored), stored));
}

/** A source of a kind that nobody knows is ignored, as clients have always seen. */
function withoutUnknownSource(spec: Spec, stored: Spec | undefined): Spec {
  const { dataSource } = spec;
  if (!dataSource || stored?.dataSource) return spec;
  const { apiGroup, kind } = dataSource;
  const isClaim = (apiGroup ?? '') === '' && kind === 'PersistentVolumeClaim';
  const isSnapshot = apiGroup === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot';
  return isClaim || isSnapshot ? spec : withMember(spec, 'dataSource', undefined);
}

/** Sources in other namespaces are a feature that is off. */
function withoutForeignReference(spec: Spec, stored: Spec | undefined): Spec {
  if (stored?.dataSourceRef?.namespace !== undefined) return spec;
  const elsewhere = (spec.dataSourceRef?.namespace ?? '') !== '';
  return elsewhere ? withMember(spec, 'dataSourceRef', undefined) : spec;
}

function mirrored(spec: Spec): Spec {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) return ordered(spec, dataSource, dataSource);
  if (!dataSource && dataSourceRef && dataSourceRef.namespace === undefined) {
    const { apiGroup, kind, name } = dataSourceRef;
    return ordered(spec, { apiGroup, kind, name }, dataSourceRef);
  }
  return spec;
}

/** Both members at their places, before the last one. */
function ordered(
  spec: Spec,
  dataSource: NonNullable<Spec['dataSource']>,
  dataSourceRef: NonNullable<Spec['dataSourceRef']>,
): Spec {
  const { dataSource: _, dataSourceRef: __, volumeAttributesClassName, ...rest } = spec;
  return {
    ...rest,
    dataSource,
    dataSourceRef,
    ...(volumeAttributesClassName !== undefined && { volumeAttributesClassName }),
  };
}
