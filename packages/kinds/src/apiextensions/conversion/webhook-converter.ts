/** Custom objects that a webhook converts from one version to another. */
import type { ServerServices } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { unknownReason } from '@navarch/api/status';
import type { WebhookConversion } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { listOf } from '../../nil.ts';
import { checkedConversion } from './check.ts';
import { conversionQuestion, convertedObjects } from './review.ts';

/** All that is needed of the server. */
export type ConversionServices = Pick<ServerServices, 'random' | 'callWebhook'>;

/** Upstream's clients give up after this long. */
const timeoutSeconds = 30;

/**
 * The same objects in the version `to`, in their order; those that are of it already are not sent. Rejects with a StatusError that
 * says which kind could not be converted, and why.
 */
export async function convertByWebhook(
  webhook: WebhookConversion,
  objects: readonly KubernetesObject[],
  to: string,
  services: ConversionServices,
): Promise<readonly KubernetesObject[]> {
  const sent = objects.filter(({ apiVersion }) => apiVersion !== to);
  const [first] = sent;
  if (!first) return objects;
  const kind = `${first.apiVersion ?? ''}, Kind=${first.kind ?? ''}`;
  const fail = (what: string): Error => unknownReason(`conversion webhook for ${kind} ${what}`);
  let answers: readonly unknown[];
  try {
    answers = await ask(webhook, sent, to, services);
  } catch (error) {
    throw fail(`failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (answers.length !== sent.length) {
    throw fail(`returned ${answers.length} objects, expected ${sent.length}`);
  }
  try {
    let next = 0;
    return objects.map((object) => {
      if (object.apiVersion === to) return object;
      const members = object as unknown as Readonly<Record<string, unknown>>;
      const made = checkedConversion(members, answers[next++], to);
      return made as unknown as KubernetesObject;
    });
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error));
  }
}

async function ask(
  { clientConfig, conversionReviewVersions }: WebhookConversion,
  objects: readonly KubernetesObject[],
  to: string,
  { random, callWebhook }: ConversionServices,
): Promise<readonly unknown[]> {
  const versions = listOf(conversionReviewVersions);
  const question = conversionQuestion(objects, to, versions, random.uuid());
  if (!callWebhook) throw new Error('there is no network');
  const text = await callWebhook({
    address: clientConfig ?? {},
    body: question.review,
    timeoutSeconds,
    // Others may wait for the same objects: whoever asked first may leave.
    signal: new AbortController().signal,
  });
  return convertedObjects(text, question);
}
