/** Addresses and ranges: the forms that Go reads, and the one that it prints. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Path } from '@navarch/api/field-error';
import { messages } from '../testing.ts';
import {
  canonicalCidr,
  canonicalIp,
  checkNonSpecialIp,
  cidrWarnings,
  contains,
  nonCanonicalIp,
  parseCidr,
  parseIp,
} from './ip.ts';
import type { Errors } from './checks.ts';

const addresses: readonly (readonly [text: string, canonical: string | undefined])[] = [
  ['10.0.0.1', '10.0.0.1'],
  ['010.096.000.214', '10.96.0.214'],
  ['1.2.3', undefined],
  ['1.2.3.256', undefined],
  ['', undefined],
  ['banana', undefined],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['::1.2.3.4', '::102:304'],
  ['1::2::3', undefined],
  ['1:2:3:4:5:6:7::8', undefined],
  ['12345::', undefined],
  ['fe80::1%eth0', undefined],
];

test('addresses are read and printed', () => {
  for (const [text, canonical] of addresses) {
    const ip = parseIp(text);
    assert.equal(ip && canonicalIp(ip), canonical, text);
  }
});

test('only forms that differ from the printed one are remarked on', () => {
  assert.equal(nonCanonicalIp('10.0.0.1'), undefined);
  assert.equal(nonCanonicalIp('2001:DB8::1'), '2001:db8::1');
  assert.equal(nonCanonicalIp('banana'), undefined);
});

const ranges: readonly (readonly [text: string, canonical: string | undefined])[] = [
  ['10.9.8.7/24', '10.9.8.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:db8::1/64', '2001:db8::/64'],
  ['10.0.0.0', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0.0/-1', undefined],
  ['10.0.0.0/8/8', undefined],
];

test('ranges are read and printed without the host', () => {
  for (const [text, canonical] of ranges) {
    const range = parseCidr(text);
    assert.equal(range && canonicalCidr(range), canonical, text);
  }
});

const inside: readonly (readonly [range: string, ip: string, inside: boolean])[] = [
  ['10.96.0.0/16', '10.96.255.255', true],
  ['10.96.0.0/16', '10.97.0.0', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['10.96.0.0/16', '::1', false],
  ['fd00::/8', 'fdff::1', true],
];

test('a range holds its own', () => {
  for (const [text, ip, expected] of inside) {
    const range = parseCidr(text);
    const parsed = parseIp(ip);
    assert.ok(range && parsed);
    assert.equal(contains(range, parsed), expected, `${text} ${ip}`);
  }
});

const special: readonly (readonly [ip: string, words: string])[] = [
  ['10.0.0.1', ''],
  ['0.0.0.0', 'may not be unspecified (0.0.0.0)'],
  ['127.0.0.1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  ['169.254.1.1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  ['224.0.0.1', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
];

test('some addresses are never far ends', () => {
  for (const [ip, words] of special) {
    const errors: Errors = [];
    checkNonSpecialIp(ip, Path.of('ip'), errors);
    assert.equal(messages(errors).join(), words && `ip: Invalid value: "${ip}": ${words}`);
  }
});

const remarks: readonly (readonly [cidr: string, ...warnings: string[]])[] = [
  ['10.0.0.0/8'],
  ['2001:db8::/64'],
  [
    '10.1.0.0/8',
    'x: CIDR value "10.1.0.0/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.1.0.0/32"?)',
  ],
  [
    '010.0.0.0/8',
    'x: non-standard CIDR value "010.0.0.0/8" will be considered invalid in a future Kubernetes release: use "10.0.0.0/8"',
  ],
  [
    '10.0.0.0/08',
    'x: non-standard CIDR value "10.0.0.0/08" will be considered invalid in a future Kubernetes release: use "10.0.0.0/8"',
  ],
  [
    '2001:DB8::/64',
    'x: IPv6 CIDR value "2001:DB8::/64" should be in RFC 5952 canonical format ("2001:db8::/64")',
  ],
  ['banana'],
];

for (const [cidr, ...warnings] of remarks) {
  test(`remarks on ${cidr}`, () => {
    assert.deepEqual(cidrWarnings(cidr, Path.of('x')), warnings);
  });
}
