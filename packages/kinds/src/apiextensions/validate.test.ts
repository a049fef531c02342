import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { messages } from '../testing.ts';
import {
  validateDefinition,
  validateDefinitionStatus,
  validateDefinitionUpdate,
} from './validate.ts';

const version = {
  name: 'v1',
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: 'object' } },
} as const;
const names = { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' };

function definition(
  changes: Partial<CustomResourceDefinitionSpec> = {},
  established = false,
): CustomResourceDefinition {
  return {
    metadata: { name: 'things.example.com' },
    spec: { group: 'example.com', scope: 'Namespaced', names, versions: [version], ...changes },
    status: {
      acceptedNames: names,
      storedVersions: ['v1'],
      conditions: established ? [{ type: 'Established', status: 'True' }] : [],
    },
  };
}

describe('definitions', () => {
  test('have names that clients can tell apart', () => {
    assert.deepEqual(validateDefinition(definition()), []);
    const same = definition({ names: { ...names, listKind: 'Thing' } });
    assert.deepEqual(messages(validateDefinition(same)), [
      'spec.names.listKind: Invalid value: "Thing": kind and listKind may not be the same',
    ]);
  });

  test('store objects in one version, each with a schema', () => {
    const { schema: _, ...bare } = version;
    const fields = validateDefinition(definition({ versions: [version, bare] })).map(
      ({ field, detail }) => `${field}: ${detail}`,
    );
    assert.deepEqual(fields, [
      'spec.versions[1].schema.openAPIV3Schema: ',
      'spec.versions: must contain unique version names',
      'spec.versions: must have exactly one version marked as storage version',
    ]);
  });

  test('keep their scope once they are served', () => {
    const changed = definition({ scope: 'Cluster' });
    assert.deepEqual(validateDefinitionUpdate(changed, definition()), []);
    assert.deepEqual(messages(validateDefinitionUpdate(changed, definition({}, true))), [
      'spec.scope: Invalid value: "Cluster": field is immutable',
    ]);
  });

  test('keep versions that objects may be stored in', () => {
    const moved = definition({ versions: [{ ...version, name: 'v2' }] });
    const [error] = validateDefinitionUpdate(moved, definition());
    assert.equal(error?.field, 'status.storedVersions[0]');
  });

  test('in groups of the community say who approved them', () => {
    const approved = (text?: string): CustomResourceDefinition => {
      const base = definition({ group: 'x.k8s.io' });
      const annotations: Record<string, string> =
        text === undefined ? {} : { 'api-approved.kubernetes.io': text };
      return { ...base, metadata: { name: 'things.x.k8s.io', annotations } };
    };
    const field = 'metadata.annotations[api-approved.kubernetes.io]';
    const fields = (object: CustomResourceDefinition): readonly string[] =>
      validateDefinition(object).map((error) => `${error.field} ${error.type}`);
    assert.deepEqual(fields(approved()), [`${field} Required`]);
    assert.deepEqual(fields(approved('because')), [`${field} Invalid`]);
    assert.deepEqual(fields(approved('unapproved, an experiment')), []);
    assert.deepEqual(fields(approved('https://github.com/kubernetes/kubernetes/pull/1')), []);
    assert.deepEqual(validateDefinitionUpdate(approved(), approved()), []);
  });

  test('use names of the right form', () => {
    const object = definition();
    const acceptedNames = { ...names, singular: 'A b' };
    const status = { conditions: [], storedVersions: ['v1'], acceptedNames };
    const [error] = validateDefinitionStatus({ ...object, status });
    assert.equal(error?.field, 'status.acceptedNames.singular');
  });
});

describe('the certificates of a conversion webhook', () => {
  const encode = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
  const pem = (type: string, body: string): string =>
    `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`;
  const good = encode(pem('CERTIFICATE', 'MIIB'));
  const withBundle = (caBundle: string, established: boolean): CustomResourceDefinition =>
    definition(
      {
        conversion: {
          strategy: 'Webhook',
          webhook: {
            conversionReviewVersions: ['v1'],
            clientConfig: { url: 'https://a', ...(caBundle && { caBundle }) },
          },
        },
      },
      established,
    );
  const refusal = (bundle: string, why: string): string =>
    `spec.conversion.webhookClientConfig.caBundle: Invalid value: "${bundle}": unable to load root certificates: ${why}`;

  test('need not be readable before the definition is established', () => {
    assert.deepEqual(messages(validateDefinition(withBundle('Cg==', false))), []);
    const update = validateDefinitionUpdate(withBundle('Cg==', false), withBundle(good, false));
    assert.deepEqual(messages(update), []);
  });

  test('must be readable afterwards, unless they were not before', () => {
    const none = encode(pem('RSA KEY', 'MIIB'));
    const broken = encode(pem('CERTIFICATE', 'AAAA'));
    const table: readonly (readonly [string, string, readonly string[]])[] = [
      [good, good, []],
      ['', good, []],
      [good, 'Cg==', [refusal('Cg==', 'unable to parse bytes as PEM block')]],
      ['', none, [refusal(none, 'no valid certificate authority data seen')]],
      [good, broken, [refusal(broken, 'failed to parse certificate: x509: malformed certificate')]],
      ['Cg==', broken, []],
    ];
    for (const [before, after, expected] of table) {
      const errors = validateDefinitionUpdate(withBundle(after, true), withBundle(before, true));
      assert.deepEqual(messages(errors), expected, after);
    }
  });
});
