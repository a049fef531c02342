/**
 * ValidatingAdmissionWebhook: all that are concerned are asked at once, and each may refuse. All are waited for, since the object
 * must not be written while somebody still thinks about it; the first refusal to come is the one the client hears.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { failedOpenKey } from './annotations.ts';
import { ask, showBoth } from './ask.ts';
import { meetsConditions } from './conditions.ts';
import { createHookSource } from './hooks.ts';
import { type Invocation, invocationOf, isExempt } from './invocation.ts';
import { CallFailure, lateRefusal, refusalFor } from './refusal.ts';

const hooksInForce = createHookSource('validatingwebhookconfigurations');

export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  handles: (asked) => !isExempt(asked),
  validate(attributes, context) {
    const hooks = hooksInForce(context.read);
    if (hooks.length === 0) return;
    const concerned = hooks.flatMap((hook) => invocationOf(hook, attributes, context) ?? []);
    if (concerned.length === 0) return;
    return askAll(concerned, attributes, context);
  },
};

async function askAll(
  concerned: readonly Invocation[],
  attributes: AdmissionAttributes,
  context: RequestContext,
): Promise<void> {
  const invocations: Invocation[] = [];
  for (const invocation of concerned) {
    if (await meetsConditions(invocation, attributes, context)) invocations.push(invocation);
  }
  if (context.signal.aborted) throw lateRefusal();
  const refusals: unknown[] = [];
  await Promise.all(
    invocations.map((invocation, index) =>
      askOne(invocation, attributes, context, index).catch((error: unknown) =>
        refusals.push(error),
      ),
    ),
  );
  if (refusals.length > 0) throw refusals[0];
}

async function askOne(
  invocation: Invocation,
  attributes: AdmissionAttributes,
  context: RequestContext,
  index: number,
): Promise<void> {
  try {
    const shown = await showBoth(attributes, invocation.as);
    await ask(invocation, attributes, shown, context, 'validating');
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (!invocation.hook.failsOpen) throw refusalFor(error);
    if (!context.signal.aborted) {
      context.annotate?.(failedOpenKey('validating', 0, index), invocation.hook.name);
    }
  }
}
