import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialsFor } from './credentials.ts';

const cases: readonly (readonly [names: string, target: string, chosen: string | undefined])[] = [
  ['hook.ns.svc:8443 hook.ns.svc *', 'hook.ns.svc:8443', 'hook.ns.svc:8443'],
  ['hook.ns.svc', 'hook.ns.svc:443', 'hook.ns.svc'],
  ['hook.ns.svc', 'hook.ns.svc:8443', undefined],
  ['*.svc *.ns.svc', 'hook.ns.svc:443', '*.ns.svc'],
  ['*.svc:8443 *', 'hook.ns.svc:8443', '*.svc:8443'],
  ['* me', 'example.com:443', '*'],
  ['me', 'example.com:443', 'me'],
  ['::1', '[::1]:443', '::1'],
  ['other', 'example.com:443', undefined],
];

for (const [names, target, chosen] of cases) {
  test(`of ${names}, ${target} is shown ${chosen ?? 'nothing'}`, () => {
    const users = new Map(names.split(' ').map((name) => [name, { token: name }]));
    assert.equal(credentialsFor({ users, current: 'me' }, target)?.token, chosen);
  });
}
