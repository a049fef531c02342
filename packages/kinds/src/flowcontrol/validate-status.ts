/** What holds for what the server says of a flow schema or a priority level: conditions have types, each its own. */
import { duplicate, type FieldError, Path, required } from '@navarch/api/field-error';
import { listOf } from '../nil.ts';

interface WithConditions {
  readonly status?: { readonly conditions?: readonly { readonly type?: string }[] };
}

export function validateFlowControlStatus({ status }: WithConditions): FieldError[] {
  const path = Path.of('status', 'conditions');
  const seen = new Set<string>();
  return listOf(status?.conditions).flatMap(({ type = '' }, i) => {
    const at = path.index(i).child('type');
    const errors = seen.has(type) ? [duplicate(at, type)] : [];
    seen.add(type);
    if (type === '') errors.push(required(at, 'must not be empty'));
    return errors;
  });
}
