/** What the libraries' functions give and cost. Costs: upstream's for the same expressions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { formatLibrary } from './format.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const short = (text: string): readonly string[] => (text.length > 9 ? ['too long'] : []);
const environment = createEnvironment({
  libraries: [
    ...kubernetesLibraries,
    formatLibrary({
      dns1123Label: { check: short, patternLength: 30 },
      dns1123Subdomain: { check: short, patternLength: 60 },
    }),
  ],
});

const parsing = 'error: URL parse error during conversion from string: parse';

const values: Readonly<Record<string, string>> = {
  // URLs
  "url('https://user:pass@example.com:80/path?query=val#fragment').getHost()": "'example.com:80'",
  "url('HTTPS://example.com/').getScheme()": "'https'",
  "url('/path').getScheme() + url('/path').getHost() + url('/path').getPort()": "''",
  "url('https://[::1]:80/').getHost()": "'[::1]:80'",
  "url('https://[::1]:80/').getHostname()": "'::1'",
  "url('https://[fe80::1%25en0]/').getHostname()": "'fe80::1%en0'",
  "url('https://example.com:80/').getPort()": "'80'",
  "url('https://example.com/path with spaces/').getEscapedPath()": "'/path%20with%20spaces/'",
  "url('https://example.com/a%2fb').getEscapedPath()": "'/a%2fb'",
  "url('https://example.com/é').getEscapedPath()": "'/%C3%A9'",
  "url('https://example.com').getEscapedPath()": "''",
  "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery()": "{'k1': ['a'], 'k2': ['b', 'c']}",
  "url('https://example.com/path?key with spaces=a+b%21').getQuery()":
    "{'key with spaces': ['a b!']}",
  "url('https://example.com/path?a=%zz&b;c=1&d').getQuery()": "{'d': ['']}",
  "url('/path?').getQuery()": '{}',
  "url('https://a/') == url('https://a/#')": 'true',
  "url('https://a/') == url('https://a/b')": 'false',
  "isURL('https://a:b:c/')": 'false',
  "isURL('../relative-path')": 'false',
  "isURL('/absolute-path')": 'true',
  "isURL('mailto:a@b')": 'true',
  "url('../relative-path')": `${parsing} "../relative-path": invalid URI for request`,
  "url('')": `${parsing} "": empty url`,
  "url(':foo')": `${parsing} ":foo": missing protocol scheme`,
  "url('http://a:b/')": `${parsing} "http://a:b/": invalid port ":b" after host`,
  "url('http://[::1/')": `${parsing} "http://[::1/": missing ']' in host`,
  "url('http://a b/')": `${parsing} "http://a b/": invalid character " " in host name`,
  "url('/a%zz')": `${parsing} "/a%zz": invalid URL escape "%zz"`,
  "url('/a\\nb')": `${parsing} "/a\\nb": net/url: invalid control character in URL`,
  "url('http://a{b@c/')": `${parsing} "http://a{b@c/": net/url: invalid userinfo`,
  // Semantic versions
  "semver('1.2.3').major()": '1',
  "semver('1.2.3-alpha.1+build').minor()": '2',
  "semver('v01.2', true).patch()": '0',
  "semver('1.2.3').compareTo(semver('1.2.3-rc.1'))": '1',
  "semver('1.0.0-alpha.2').compareTo(semver('1.0.0-alpha.10'))": '-1',
  "semver('1.0.0-1').isLessThan(semver('1.0.0-a'))": 'true',
  "semver('1.0.0-a').isLessThan(semver('1.0.0-a.b'))": 'true',
  "semver('2.0.0').isGreaterThan(semver('1.9.9'))": 'true',
  "semver('1.0.0+a') == semver('1.0.0+b')": 'true',
  "isSemver('v1.0')": 'false',
  "isSemver('v1.0', true)": 'true',
  "isSemver('01.01.01')": 'false',
  "isSemver('01.01.01', true)": 'true',
  "semver('')": 'error: Version string empty',
  "semver('200K')": 'error: No Major.Minor.Patch elements found',
  "semver('a.0.0')": 'error: Invalid character(s) found in major number "a"',
  "semver('01.0.0')": 'error: Major number must not contain leading zeroes "01"',
  "semver('1.0.0-')": 'error: Prerelease is empty',
  "semver('1.0.0+')": 'error: Build meta data is empty',
  "semver('1.0-a', true)": 'error: short version cannot contain PreRelease/Build meta data',
  "semver('0.0.18446744073709551616')":
    'error: strconv.ParseUint: parsing "18446744073709551616": value out of range',
  // Addresses
  "ip('fe80::1%eth0')": 'error: IP address "fe80::1%eth0" with zone value is not allowed',
  "ip('::ffff:1.2.3.4')": 'error: IPv4-mapped IPv6 address "::ffff:1.2.3.4" is not allowed',
  "cidr('::ffff:1.2.3.4/24')":
    'error: network address parse error during conversion from string: IPv4-mapped IPv6 address "::ffff:1.2.3.4/24" is not allowed',
  "cidr('10.0.0.0/8').containsIP('10.1.2.3')": 'true',
  "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))": 'true',
  "cidr('10.0.0.0/8').containsCIDR('0.0.0.0/0')": 'false',
  // Formats
  "format.named('dns1123Label').value() == format.dns1123Label()": 'true',
  'format.dns1123Label() == format.dns1123Subdomain()': 'false',
  "format.named('other')": 'none',
  "format.dns1123Label().validate('my-name')": 'none',
  "format.dns1123Label().validate('my-long-name')": "some(['too long'])",
};

test('values and errors', () => {
  for (const [text, value] of Object.entries(values)) {
    assert.equal(evaluateText(text, environment), value, text);
  }
});

/** The least and the most beforehand, and what it really was. */
const costs: Readonly<Record<string, readonly [number, number, number]>> = {
  "url('https:://kubernetes.io/').getPort()": [4, 4, 4],
  "url('https:://kubernetes.io/') == url('https:://kubernetes.io/')": [7, 9, 7],
  "url('https:://kubernetes.io/') == url('http://x.b')": [5, 5, 5],
  "semver('1234.56789012345.67890123456789')": [4, 4, 4],
  "isSemver('1.0.0')": [1, 1, 1],
  "semver('1.2.3').patch()": [2, 2, 2],
  "semver('1.0.0').compareTo(semver('1.2.3'))": [3, 3, 3],
  "semver('1.0.0') == semver('1.2.3')": [3, 3, 3],
  "ip('192.168.0.1') == ip('192.168.0.1')": [5, 5, 5],
  "quantity('1') == quantity('1')": [3, 3, 3],
  "cidr('192.168.0.0/16').containsIP(ip('192.168.0.1'))": [5, 8, 5],
  "cidr('192.168.0.0/16').containsIP('192.168.0.1')": [5, 8, 5],
  "cidr('192.168.0.0/16').containsCIDR('192.168.0.0/24')": [7, 11, 7],
  "format.named('dns1123subdomain')": [1, 1, 1],
  "format.named('dns1123Subdomain').value().validate('my-name')": [34, 34, 17],
  "format.named('dns1123Label').value().validate('my-name')": [34, 34, 10],
  "format.named('dns1123Label').value() == format.named('dns1123Label').value()": [5, 11, 5],
};

test('costs', () => {
  for (const [text, expected] of Object.entries(costs)) {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, text);
    const { min, max } = compiled.program.estimateCost({ sizeOf: () => undefined });
    const { cost } = compiled.program.evaluate(new Map());
    assert.deepEqual([min, max, cost], expected, text);
  }
});
