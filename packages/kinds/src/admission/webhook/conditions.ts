/** Match conditions: a webhook is only asked when all of them hold. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { Invocation } from './invocation.ts';

export async function meetsConditions(
  { hook }: Invocation,
  _attributes: AdmissionAttributes,
  _context: RequestContext,
): Promise<boolean> {
  return hook.conditions.length === 0;
}
