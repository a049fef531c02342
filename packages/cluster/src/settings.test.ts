/** What may be chosen, and what is said of choices that make no sense. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventRateLimit } from '@navarch/kinds/admission/event-rate-limit';
import { admissionOf, checkSettings, defaultSettings, type Settings } from './settings.ts';

const limited = { plugins: new Map([['EventRateLimit', () => createEventRateLimit([])]]) };

const cases: readonly (readonly [changes: Partial<Settings>, says: RegExp | undefined])[] = [
  [{}, undefined],
  [{ authorizationModes: [] }, /there must be an authorization mode/],
  [{ authorizationModes: ['ABAC'] }, /"ABAC" is not an authorization mode; there are Node, RBAC/],
  [{ enabledAdmissionPlugins: ['No'] }, /"No" is not an admission plugin/],
  [{ disabledAdmissionPlugins: ['No'] }, /"No" is not an admission plugin/],
  [
    { enabledAdmissionPlugins: ['EventRateLimit'] },
    /couldn't init admission plugin "EventRateLimit": limits: Invalid value: null: must not be empty/,
  ],
  [
    {
      enabledAdmissionPlugins: ['EventRateLimit'],
      admissionConfiguration: { ...limited, kubeconfigs: new Map() },
    },
    undefined,
  ],
  [{ flowControl: { readingMax: 0, mutatingMax: 0, isFair: true } }, /priority levels must have/],
  [{ flowControl: { readingMax: 0, mutatingMax: 1, isFair: true } }, undefined],
  [{ flowControl: { readingMax: 0, mutatingMax: 0, isFair: false } }, undefined],
];

for (const [changes, says] of cases) {
  test(`${JSON.stringify(changes)} ${says ? 'is refused' : 'is taken'}`, () => {
    const check = (): void => checkSettings({ ...defaultSettings, ...changes });
    if (says) assert.throws(check, says);
    else check();
  });
}

test('each server has plugins of its own', () => {
  const settings = {
    ...defaultSettings,
    enabledAdmissionPlugins: ['EventRateLimit'],
    admissionConfiguration: { ...limited, kubeconfigs: new Map<string, string>() },
  };
  const [one, other] = [admissionOf(settings), admissionOf(settings)].map((plugins) =>
    plugins.find(({ name }) => name === 'EventRateLimit'),
  );
  assert.ok(one && other && one !== other);
});
