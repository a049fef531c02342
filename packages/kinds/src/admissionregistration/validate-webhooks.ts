/** What holds for webhooks: a name of their own, requests that they look at, and a way to reach them. */
import { duplicate, type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type {
  MutatingWebhook,
  ValidatingWebhook,
} from '@navarch/api/types/admissionregistration/v1/webhook';
import { oneOfIfSet } from '../checks.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import {
  knownReviewVersions,
  validateReviewVersions,
  validateWebhookClient,
} from '../webhook-client.ts';
import { failurePolicies, matchPolicies, validateMatchConditions } from './validate-match.ts';
import { validateRules } from './validate-rules.ts';

type Webhook = ValidatingWebhook & Pick<MutatingWebhook, 'reinvocationPolicy'>;

const sideEffects = ['None', 'NoneOnDryRun'];
const reinvocationPolicies = ['IfNeeded', 'Never'];
const missingVersionsText = `must specify one of ${knownReviewVersions.join(', ')}`;
const timeoutSecondsMax = 30;
const nameSegmentsMin = 3;

export function validateWebhooks(webhooks: readonly Webhook[] | undefined): FieldError[] {
  const names = new Set<string>();
  return listOf(webhooks).flatMap((webhook, i) => {
    const path = Path.of('webhooks').index(i);
    const versions = path.child('admissionReviewVersions');
    const errors = [
      ...validateWebhook(webhook, path),
      ...validateReviewVersions(
        listOf(webhook.admissionReviewVersions),
        missingVersionsText,
        versions,
      ),
    ];
    if (names.has(webhook.name)) errors.push(duplicate(path.child('name'), webhook.name));
    if (webhook.name !== '') names.add(webhook.name);
    return errors;
  });
}

function validateWebhook(webhook: Webhook, path: Path): FieldError[] {
  const { timeoutSeconds } = webhook;
  const errors = [
    ...validateFullName(webhook.name, path.child('name')),
    ...validateRules(webhook.rules, path.child('rules')),
    ...oneOfIfSet(webhook.failurePolicy, failurePolicies, path.child('failurePolicy')),
    ...oneOfIfSet(webhook.matchPolicy, matchPolicies, path.child('matchPolicy')),
    ...validateSideEffects(webhook.sideEffects, path.child('sideEffects')),
  ];
  if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > timeoutSecondsMax)) {
    const detail = `the timeout value must be between 1 and ${timeoutSecondsMax} seconds`;
    errors.push(invalid(path.child('timeoutSeconds'), timeoutSeconds, detail));
  }
  const reinvocation = path.child('reinvocationPolicy');
  return [
    ...errors,
    ...validateLabelSelector(webhook.namespaceSelector, path.child('namespaceSelector')),
    ...validateLabelSelector(webhook.objectSelector, path.child('objectSelector')),
    ...oneOfIfSet(webhook.reinvocationPolicy, reinvocationPolicies, reinvocation),
    ...validateWebhookClient(webhook.clientConfig, path.child('clientConfig')),
    ...validateMatchConditions(webhook.matchConditions, path.child('matchConditions')),
  ];
}

function validateFullName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const details = isDns1123Subdomain(name);
  if (details.length > 0) return details.map((detail) => invalid(path, name, detail));
  if (name.split('.').length >= nameSegmentsMin) return [];
  const detail = 'should be a domain with at least three segments separated by dots';
  return [invalid(path, name, detail)];
}

function validateSideEffects(value: string | undefined, path: Path): FieldError[] {
  if (!value) return [required(path, `must specify one of ${sideEffects.join(', ')}`)];
  return oneOfIfSet(value, sideEffects, path);
}
