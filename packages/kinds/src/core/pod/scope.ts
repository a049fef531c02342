/** What the parts of a pod's validation need to know of the whole, and where they put what they find. */
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import type { Errors } from '../checks.ts';

/** Where a pod spec is found. */
export interface SpecHolder {
  /** A real pod, not a template: a few rules are for these only. */
  readonly isPod: boolean;
  /** The name of the real pod, when it has one. */
  readonly podName: string;
}

export interface PodScope extends SpecHolder {
  readonly errors: Errors;
  /** Those that containers may mount. */
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claimNames: ReadonlySet<string>;
  readonly graceSeconds: Int64 | undefined;
  readonly restartPolicy: string;
  /** Whether users in the pod are the users of the node. */
  readonly hostUsers: boolean;
}

export function scopeOf(
  spec: PodSpec,
  holder: SpecHolder,
  volumes: ReadonlyMap<string, Volume>,
  errors: Errors,
): PodScope {
  return {
    ...holder,
    errors,
    volumes,
    claimNames: new Set(listOf(spec.resourceClaims).map(({ name }) => name)),
    graceSeconds: spec.terminationGracePeriodSeconds,
    restartPolicy: spec.restartPolicy ?? '',
    hostUsers: spec.hostUsers ?? true,
  };
}
