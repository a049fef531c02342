/** What holds for the way in which custom resources are converted between versions. */
import { type FieldError, forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import type { CustomResourceConversion } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { requiredOneOf } from '../checks.ts';
import { bundleProblem } from './definition/ca-bundle.ts';
import { listOf } from '../nil.ts';
import { validateReviewVersions, validateWebhookClient } from '../webhook-client.ts';

const strategies = ['None', 'Webhook'];

/** Paths are those of an earlier version of the API; clients have always seen them so. */
export function validateConversion(
  { strategy, webhook }: CustomResourceConversion,
  path: Path,
  { checksBundle }: { readonly checksBundle: boolean },
): FieldError[] {
  const clientAt = path.child('webhookClientConfig');
  const versionsAt = path.child('conversionReviewVersions');
  const versions = listOf(webhook?.conversionReviewVersions);
  const errors = requiredOneOf(strategy, strategies, path.child('strategy'));
  if (strategy === 'Webhook') {
    if (webhook?.clientConfig) {
      errors.push(...validateWebhookClient(webhook.clientConfig, clientAt));
      const { caBundle = '' } = webhook.clientConfig;
      const problem = checksBundle && caBundle !== '' ? bundleProblem(caBundle) : undefined;
      if (problem !== undefined)
        errors.push(invalid(clientAt.child('caBundle'), caBundle, problem));
    } else {
      errors.push(required(clientAt, 'required when strategy is set to Webhook'));
    }
    return [...errors, ...validateReviewVersions(versions, '', versionsAt)];
  }
  const detail = 'should not be set when strategy is not set to Webhook';
  if (webhook?.clientConfig) errors.push(forbidden(clientAt, detail));
  if (versions.length > 0) errors.push(forbidden(versionsAt, detail));
  return errors;
}
