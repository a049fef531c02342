/** Webhook configurations: other servers that are asked before an object is written. */
import type {
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '@navarch/api/types/admissionregistration/v1/webhook';
import type { TableDefinition } from '@navarch/api/extension/resource';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { generations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { setRuleDefaults } from './defaults.ts';
import { validateWebhooks } from './validate-webhooks.ts';

const group = { group: 'admissionregistration.k8s.io', version: 'v1' };

interface Configuration extends KubernetesObject {
  readonly webhooks?: readonly unknown[];
}

const webhookTable: TableDefinition<Configuration> = {
  columns: [nameColumn, column('Webhooks', 'How many webhooks it has.', 'integer'), ageColumn],
  row: ({ metadata, webhooks }, nowMs) => [
    metadata.name ?? '',
    listOf(webhooks).length,
    age(nowMs, metadata.creationTimestamp),
  ],
};

const webhooksChanged = (submitted: Configuration, stored: Configuration) =>
  !semanticallyEqual(submitted.webhooks, stored.webhooks);

export const mutatingWebhookConfigurations = defineResource<MutatingWebhookConfiguration>({
  ...group,
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ webhooks }) => {
    for (const webhook of listOf(webhooks)) {
      setWebhookDefaults(webhook);
      webhook.reinvocationPolicy ??= 'Never';
    }
  },
  ...generations<MutatingWebhookConfiguration>(webhooksChanged),
  validate: ({ webhooks }) => validateWebhooks(webhooks),
  validateUpdate: ({ webhooks }) => validateWebhooks(webhooks),
  table: webhookTable,
});

export const validatingWebhookConfigurations = defineResource<ValidatingWebhookConfiguration>({
  ...group,
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ webhooks }) => {
    for (const webhook of listOf(webhooks)) setWebhookDefaults(webhook);
  },
  ...generations<ValidatingWebhookConfiguration>(webhooksChanged),
  validate: ({ webhooks }) => validateWebhooks(webhooks),
  validateUpdate: ({ webhooks }) => validateWebhooks(webhooks),
  table: webhookTable,
});

/** What both kinds of webhooks share. */
function setWebhookDefaults(webhook: Draft<ValidatingWebhook>): void {
  webhook.failurePolicy ??= 'Fail';
  webhook.matchPolicy ??= 'Equivalent';
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= 10;
  if (webhook.clientConfig.service) webhook.clientConfig.service.port ??= 443;
  setRuleDefaults(webhook.rules);
}
