/** How mutating policies refuse requests: with all that kept them from changing the object. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import { failure, type StatusError } from '@navarch/api/status';
import { refusal } from '../../refuse.ts';
import type { MutatingBinding, MutatingPolicy } from './compile.ts';

export interface Problem {
  readonly policy: MutatingPolicy;
  readonly binding: MutatingBinding;
  readonly message: string;
  readonly reason: 'Forbidden' | 'Invalid';
}

/** Undefined when all problems are such as their policies forgive. The first says what the answer's message is. */
export function refusalFor(
  problems: readonly Problem[],
  attributes: AdmissionAttributes,
): StatusError | undefined {
  const refusing = problems.filter(({ policy }) => policy.fails);
  const [first] = refusing;
  if (!first) return undefined;
  const causes = refusing.map((each) => ({ message: textOf(each) }));
  const { status } = refusal(attributes, '');
  return failure(403, first.reason, textOf(first), { ...status.details, causes });
}

function textOf({ policy, binding, message }: Problem): string {
  return `policy '${policy.name}' with binding '${binding.name}' denied request: ${message}`;
}
