/** Bounds how many events come in: in all, of a namespace, of a user, or about one thing from one source. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { tooManyRequests } from '@navarch/api/status';
import type { Event } from '@navarch/api/types/core/v1/event';
import { isFor } from './objects.ts';

export const eventLimitTypes = ['Server', 'Namespace', 'User', 'SourceAndObject'] as const;

/** eventratelimit.admission.k8s.io/v1alpha1 Limit. */
export interface EventLimit {
  readonly type: (typeof eventLimitTypes)[number];
  /** Events per second in the long run. */
  readonly qps: number;
  /** Events at once. */
  readonly burst: number;
  /** Of how many namespaces, users or sources the latest are remembered; 4096 when omitted. */
  readonly cacheSize?: number;
}

const cacheSizeDefault = 4096;

export function createEventRateLimit(limits: readonly EventLimit[]): AdmissionPlugin {
  const enforcers = limits.map((limit) => new Enforcer(limit));
  return {
    name: 'EventRateLimit',
    handles: (asked) =>
      enforcers.length > 0 &&
      (asked.operation === 'CREATE' || asked.operation === 'UPDATE') &&
      (isFor(asked, '', 'events') || isFor(asked, 'events.k8s.io', 'events')),
    validate(attributes, context) {
      // All of them count the event, also when one refuses it.
      const refused = enforcers.map((enforcer) => enforcer.refuses(attributes, context));
      const key = refused.findLast((found) => found !== undefined);
      if (key !== undefined) throw tooManyRequests(key, 1);
    },
  };
}

/** Without limits there is nothing to do. */
export const eventRateLimit: AdmissionPlugin = createEventRateLimit([]);

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

class Enforcer {
  readonly #limit: EventLimit;
  /** In the order of their last use, so that the first is forgotten first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: EventLimit) {
    this.#limit = limit;
  }

  /** The reason to refuse, if any. */
  refuses(attributes: AdmissionAttributes, { user, nowMs }: RequestContext): string | undefined {
    const { type, qps, burst, cacheSize = cacheSizeDefault } = this.#limit;
    const key = keyOf(type, attributes, user.username);
    const { tokens, atMs } = this.#buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const refilled = Math.min(burst, tokens + (Math.max(nowMs - atMs, 0) / 1000) * qps);
    const isAccepted = refilled >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: isAccepted ? refilled - 1 : refilled, atMs: nowMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > cacheSize && oldest !== undefined) this.#buckets.delete(oldest);
    return isAccepted ? undefined : `limit reached on type ${type} for key ${key}`;
  }
}

function keyOf(
  type: EventLimit['type'],
  { namespace, object }: AdmissionAttributes,
  username: string,
): string {
  switch (type) {
    case 'Server':
      return '';
    case 'Namespace':
      return namespace;
    case 'User':
      return username;
    default:
      return sourceAndObject(object as Event);
  }
}

function sourceAndObject({ source, involvedObject: about }: Event): string {
  const parts = [source?.component, source?.host, about.kind, about.namespace, about.name];
  return [...parts, about.uid, about.apiVersion].map((part) => part ?? '').join('');
}
