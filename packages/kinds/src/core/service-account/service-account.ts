/** Service accounts: identities for what runs in pods, and the tokens that prove them. */
import type { ServiceAccount } from '@navarch/api/types/core/v1/config';
import { defineResource } from '../../define.ts';
import { age } from '../../table/age.ts';
import { ageColumn, nameColumn } from '../../table/columns.ts';
import { tokenSubresource } from './token.ts';

const mountableSecrets = 'kubernetes.io/enforce-mountable-secrets';

export const serviceAccounts = defineResource<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  scope: 'Namespaced',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  deleteAnswersObject: true,
  prepareForCreate: withSecretNames,
  prepareForUpdate: withSecretNames,
  warnings: ({ metadata }, stored) => {
    if (!(mountableSecrets in (metadata.annotations ?? {}))) return [];
    if (mountableSecrets in (stored?.metadata.annotations ?? {})) return [];
    return [
      `metadata.annotations[${mountableSecrets}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
    ];
  },
  subresources: [tokenSubresource],
  table: {
    columns: [nameColumn, ageColumn],
    row: ({ metadata }, nowMs) => [metadata.name ?? '', age(nowMs, metadata.creationTimestamp)],
  },
});

/** Of what refers to a secret only the name is kept: it lives where the account does. */
function withSecretNames(account: ServiceAccount): ServiceAccount {
  if (!account.secrets) return account;
  const secrets = account.secrets.map(({ name }) => (name === undefined ? {} : { name }));
  return { ...account, secrets };
}
