/** What the certificate writes is PEM, whatever the length of what is in it. */
import assert from 'node:assert/strict';
import { createSecureContext } from 'node:tls';
import { test } from 'node:test';
import { selfSigned } from './node.ts';

test('certificates of all lengths can be loaded', () => {
  for (let length = 1; length <= 60; length++) {
    const { certificate, key } = selfSigned({ commonName: 'a'.repeat(length) }, '127.0.0.1', 0);
    assert.doesNotMatch(certificate, /\n\n/, `a name of ${length} characters`);
    createSecureContext({ cert: certificate, key });
  }
});
