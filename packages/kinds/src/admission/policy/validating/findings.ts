/** What policies found, as the audit log is told of it. */
import type { RequestContext } from '@navarch/api/extension/context';
import { goJson } from '@navarch/codec/go/text';
import { listOf } from '../../../nil.ts';
import type { ValidatingBinding, ValidatingPolicy } from './compile.ts';

/** A validation that did not hold, under one binding. */
export interface Refused {
  readonly policy: ValidatingPolicy;
  readonly binding: ValidatingBinding;
  readonly message: string;
  readonly reason: string;
  /** The place of the validation in its policy. */
  readonly index: number;
  /** Refuses the request whatever the binding's actions are. */
  readonly always: boolean;
}

/** In the order in which its members are written. */
export interface Failure {
  readonly message: string;
  readonly policy: string;
  readonly binding: string;
  readonly expressionIndex: number;
  readonly validationActions: readonly string[];
}

/** As upstream: logs are not to grow without bound. */
const valueBytesMax = 10 * 1024;

export function failureOf({ binding, message, index }: Refused): Failure {
  const { policyName = '', validationActions } = binding.source.spec;
  return {
    message,
    policy: policyName,
    binding: binding.name,
    expressionIndex: index,
    validationActions: listOf(validationActions),
  };
}

/** A list, in which version 1.36 only ever has the first: what was said of a key stays. */
export function publishFailure(failure: Failure | undefined, { annotate }: RequestContext): void {
  if (!annotate || !failure) return;
  annotate('validation.policy.admission.k8s.io/validation_failure', goJson([failure]));
}

/** Bindings that say the same say it once; what differs is said in one value. */
export function publishAnnotations(
  { name }: ValidatingPolicy,
  annotations: readonly (readonly [key: string, value: string])[],
  { annotate }: RequestContext,
): void {
  if (!annotate) return;
  for (const [key, pairs] of Map.groupBy(annotations, ([each]) => each)) {
    const values = new Set(pairs.map(([, value]) => shortened(value)));
    annotate(`${name}/${key}`, [...values].join(', '));
  }
}

function shortened(value: string): string {
  const bytes = new TextEncoder().encode(value);
  if (bytes.byteLength <= valueBytesMax) return value;
  return new TextDecoder().decode(bytes.subarray(0, valueBytesMax));
}
