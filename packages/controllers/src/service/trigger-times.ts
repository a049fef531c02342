/**
 * When the change happened that endpoints are written for: from there to the write is how long the cluster took to tell everybody, which
 * people measure. Remembers, per service, what was known when it was looked at last.
 */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import { readyCondition } from '../pods/readiness.ts';

export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Known {
  readonly service: string;
  readonly pods: ReadonlyMap<string, string>;
}

export class TriggerTimes {
  readonly #known = new Map<string, Known>();

  /** The earliest change since the last call for this key; undefined when nothing is newer. Times of one form compare as texts. */
  next(key: string, { metadata }: Service, pods: readonly Pod[]): string | undefined {
    const before = this.#known.get(key);
    const service = metadata.creationTimestamp ?? '';
    const times = new Map<string, string>();
    let earliest = service > (before?.service ?? '') ? service : undefined;
    for (const pod of pods) {
      const time = readyCondition(pod)?.lastTransitionTime;
      if (time === undefined) continue;
      const { name = '' } = pod.metadata;
      times.set(name, time);
      const isNewer = time > (before?.pods.get(name) ?? '');
      if (isNewer && (earliest === undefined || time < earliest)) earliest = time;
    }
    this.#known.set(key, { service, pods: times });
    return earliest;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}

type Annotations = Readonly<Record<string, string>>;

/** The annotation with that time, or without it. */
export function withTriggerTime(
  annotations: Annotations | undefined,
  time: string | undefined,
): Annotations {
  const { [triggerTimeAnnotation]: _, ...others } = annotations ?? {};
  return time === undefined ? others : { ...others, [triggerTimeAnnotation]: time };
}
