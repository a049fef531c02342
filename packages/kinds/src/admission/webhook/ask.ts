/** One question to one webhook. */
import type { AdmissionAttributes, AdmissionVersion } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Invocation } from './invocation.ts';
import { CallFailure, denial, dryRunRefusal } from './refusal.ts';
import {
  type Answer,
  answerOf,
  isDryRun,
  questionOf,
  readReview,
  type ShownObjects,
} from './review.ts';

/**
 * Resolves with an answer that lets the request go on. Rejects with a `CallFailure`, which the webhook's policy may forgive, or
 * with a StatusError, which refuses the request.
 */
export async function ask(
  invocation: Invocation,
  attributes: AdmissionAttributes,
  shown: ShownObjects,
  context: RequestContext,
  mode: 'mutating' | 'validating',
): Promise<Answer> {
  const { hook } = invocation;
  if (isDryRun(attributes, context) && !hook.allowsDryRun) throw dryRunRefusal(hook);
  const failing = (text: string, error: unknown): never => {
    throw new CallFailure(
      hook,
      `${text}: ${error instanceof Error ? error.message : String(error)}`,
    );
  };
  let question;
  try {
    question = questionOf(invocation, attributes, shown, context);
  } catch (error) {
    return failing('could not create admission objects', error);
  }
  let review;
  try {
    const call = context.services.callWebhook;
    if (!call) throw new Error('there is no network');
    const { address, timeoutSeconds } = hook;
    const { signal } = context;
    const body = question.review;
    const plugin = plugins[mode];
    review = readReview(await call({ address, body, timeoutSeconds, signal, plugin }));
  } catch (error) {
    return failing('failed to call webhook', error);
  }
  let answer;
  try {
    answer = answerOf(review, question, mode === 'mutating');
  } catch (error) {
    return failing('received invalid webhook response', error);
  }
  if (context.annotate) {
    for (const [key, value] of Object.entries(answer.auditAnnotations)) {
      context.annotate(`${hook.name}/${key}`, value);
    }
  }
  for (const warning of answer.warnings) context.warn(warning);
  if (!answer.allowed) throw denial(hook, answer.status);
  return answer;
}

const plugins = {
  mutating: 'MutatingAdmissionWebhook',
  validating: 'ValidatingAdmissionWebhook',
} as const;

/** An object as the webhook is to see it. */
export function show(
  object: KubernetesObject | undefined,
  as: AdmissionVersion,
  { versions }: AdmissionAttributes,
): KubernetesObject | undefined | Promise<KubernetesObject> {
  return object && versions ? versions.show(object, as) : object;
}

/** Both objects, as the webhook is to see them. */
export async function showBoth(
  attributes: AdmissionAttributes,
  as: AdmissionVersion,
): Promise<ShownObjects> {
  return {
    object: await show(attributes.object, as, attributes),
    oldObject: await show(attributes.oldObject, as, attributes),
  };
}
