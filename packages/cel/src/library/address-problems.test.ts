import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressProblem, prefixProblem } from './address-problems.ts';

const addresses: Readonly<Record<string, string>> = {
  '': 'unable to parse IP',
  abc: 'unable to parse IP',
  '%eth0': 'missing IPv6 address',
  '1.2.3': 'IPv4 address too short',
  '1.2.3.4.5': 'IPv4 address too long',
  '1.2.3.4.': 'IPv4 field must have at least one digit (at ".")',
  '.1.2.3': 'IPv4 field must have at least one digit (at ".1.2.3")',
  '1..2.3': 'IPv4 field must have at least one digit (at ".2.3")',
  '1.2.3.256': 'IPv4 field has value >255',
  '01.2.3.4': 'IPv4 field has octet with leading zero',
  '1.2.3.4x': 'unexpected character (at "x")',
  '1.2.3.4:80': 'unexpected character (at ":80")',
  '1.2.3.4%eth0': 'unexpected character (at "%eth0")',
  '2001:db8:::68': 'each colon-separated field must have at least one digit (at ":68")',
  ':1': 'each colon-separated field must have at least one digit (at ":1")',
  'fe80::1%': 'zone must be a non-empty string',
  '::12345': 'each group must have 4 or less digits (at "12345")',
  '1::2::3': 'multiple :: in address (at ":3")',
  '1:': 'colon must be followed by more characters (at ":")',
  '1:2:3:4:5:6:7': 'address string too short',
  '1:2:3:4:5:6:7:8:9': 'trailing garbage after address (at "9")',
  '1:2:3:4:5:6:7::8': 'the :: must expand to at least one field of zeros',
  '1:g::': 'each colon-separated field must have at least one digit (at "g::")',
  '1g::': 'unexpected character, want colon (at "g::")',
  '1:2:1.2.3.4':
    'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
  '1::2:3:4:5:6:1.2.3.4': 'the :: must expand to at least one field of zeros',
  '1::2:3:4:5:6:7:1.2.3.4':
    'too many hex fields to fit an embedded IPv4 at the end of the address (at "1.2.3.4")',
  '::1.2.3': 'IPv4 address too short',
};

const prefixes: Readonly<Record<string, string>> = {
  '192.168.0.0': "no '/'",
  '192.168.0.0/': 'bad bits after slash: ""',
  '192.168.0.0/x': 'bad bits after slash: "x"',
  '192.168.0.0/01': 'bad bits after slash: "01"',
  '192.168.0.0/-1': 'bad bits after slash: "-1"',
  '192.168.0.0/33': 'prefix length out of range',
  '::/129': 'prefix length out of range',
  '192.168.0/16': 'ParseAddr("192.168.0"): IPv4 address too short',
  '10.0.0.0/8/8': 'ParseAddr("10.0.0.0/8"): unexpected character (at "/8")',
  'fe80::1%eth0/64': 'IPv6 zones cannot be present in a prefix',
};

test('why texts are no addresses', () => {
  for (const [text, problem] of Object.entries(addresses)) {
    assert.equal(addressProblem(text), problem, text);
  }
});

test('why texts are no prefixes', () => {
  for (const [text, problem] of Object.entries(prefixes)) {
    assert.equal(prefixProblem(text), problem, text);
  }
});
