import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type { ValidatingWebhook } from '@navarch/api/types/admissionregistration/v1/webhook';
import { validateBinding, validatePolicy } from './validate-validating-policies.ts';
import { validateWebhooks } from './validate-webhooks.ts';

const rule = {
  operations: ['CREATE'],
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: ['pods'],
} satisfies NonNullable<ValidatingWebhook['rules']>[number];

function webhook(changes: Partial<ValidatingWebhook> = {}): ValidatingWebhook {
  return {
    name: 'a.example.com',
    clientConfig: { url: 'https://example.com:8443/hook' },
    rules: [rule],
    sideEffects: 'None',
    admissionReviewVersions: ['v9', 'v1'],
    ...changes,
  };
}

function webhookErrors(...changes: Partial<ValidatingWebhook>[]): string[] {
  return validateWebhooks(changes.map(webhook)).map(errorMessage);
}

describe('webhooks', () => {
  test('one that says everything is fine', () => {
    assert.deepEqual(webhookErrors({}), []);
  });

  test('addresses are plain https', () => {
    const path = 'webhooks[0].clientConfig.url';
    assert.deepEqual(webhookErrors({ clientConfig: { url: 'https:///x?a' } }), [
      `${path}: Invalid value: "": host must be specified; desired format: https://host[/path]`,
      `${path}: Invalid value: "a": query parameters are not permitted in the URL`,
    ]);
    assert.deepEqual(webhookErrors({ clientConfig: { url: '::' } }), [
      `${path}: Required value: url must be a valid URL: parse "::": missing protocol scheme; desired format: https://host[/path]`,
    ]);
  });

  test('paths of services are segments that names could be', () => {
    const service = { namespace: 'n', name: 's', port: 443 };
    assert.deepEqual(
      webhookErrors({ clientConfig: { service: { ...service, path: '/a/b/' } } }),
      [],
    );
    assert.deepEqual(webhookErrors({ clientConfig: { service: { ...service, path: '/a//b' } } }), [
      'webhooks[0].clientConfig.service.path: Invalid value: "/a//b": segment[1] may not be empty',
    ]);
  });

  test('resources are not named where a wildcard covers them', () => {
    const path = 'webhooks[0].rules[0].resources';
    assert.deepEqual(webhookErrors({ rules: [{ ...rule, resources: ['*/status', 'a/status'] }] }), [
      `${path}[1]: Invalid value: "a/status": if '*/status' is present, must not specify a/status`,
    ]);
    assert.deepEqual(webhookErrors({ rules: [{ ...rule, resources: ['*/*', 'pods'] }] }), [
      `${path}: Invalid value: ["*/*","pods"]: if '*/*' is present, must not specify other resources`,
    ]);
  });
});

test('an expression of many lines needs a message', () => {
  const policy = (message?: string) =>
    validatePolicy({
      metadata: { name: 'x' },
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: 'true &&\n false', ...(message && { message }) }],
      },
    }).map(errorMessage);
  assert.deepEqual(policy('no'), []);
  assert.deepEqual(policy(), [
    'spec.validations[0].message: Required value: must be specified if expression contains line breaks',
  ]);
});

test('a binding finds its parameters one way, and says each failure once', () => {
  const errors = validateBinding({
    metadata: { name: 'x' },
    spec: {
      policyName: 'p',
      paramRef: { name: 'x', selector: {}, parameterNotFoundAction: 'Allow' },
      validationActions: ['Warn', 'Deny'],
    },
  });
  assert.deepEqual(
    errors.map(({ field, type }) => `${field}: ${type}`),
    [
      'spec.paramRef.name: Forbidden',
      'spec.paramRef.selector: Forbidden',
      'spec.validationActions: Invalid',
    ],
  );
});
