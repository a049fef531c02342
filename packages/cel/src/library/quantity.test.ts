import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({ libraries: kubernetesLibraries });

const format =
  "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const suffix = "error: unable to parse quantity's suffix";

const cases: Readonly<Record<string, string>> = {
  'quantity("")': format,
  'quantity("10Mo")': format,
  'quantity("1 2")': format,
  'quantity("10Mm")': suffix,
  'quantity("1ee")': suffix,
  'isQuantity("20Mi")': 'true',
  'isQuantity("10Mm")': 'false',
  'isQuantity("1e3") && isQuantity("1E3") && isQuantity(".5") && isQuantity("5.")': 'true',
  'quantity("200M") == quantity("0.2G") && quantity("2000k") == quantity("2e6")': 'true',
  'quantity("1Ki") == quantity("1024")': 'true',
  'quantity("0.1n") == quantity("1n") && quantity("-0.1n") == quantity("-1n")': 'true',
  'quantity("50M").isLessThan(quantity("50Mi"))': 'true',
  'quantity("200M").compareTo(quantity("0.2G"))': '0',
  'quantity("50k").add(20).sub(quantity("100k")).sub(-50000).asInteger()': '20',
  // Decimals have no end, binary ones do.
  'quantity("20E").isGreaterThan(quantity("10E"))': 'true',
  'quantity("20Ei") == quantity("10Ei")': 'true',
  // What is an integer is a matter of how it is held.
  'quantity("50").isInteger() && quantity("1.5k").isInteger() && quantity("2Gi").isInteger()':
    'true',
  'quantity("50m").isInteger() || quantity("1000m").isInteger()': 'false',
  'quantity("2.0").isInteger()': 'false',
  'quantity("9223372036854775807").isInteger()': 'false',
  'quantity("9999999999999999999999999999999999999G").isInteger()': 'false',
  'quantity("9999999999999999999999999999999999999G").asInteger()':
    'error: cannot convert value to integer',
  'quantity("9E").add(quantity("9E")).isInteger()': 'false',
  'quantity("1").add(quantity("1m")).sub(quantity("1m")).isInteger()': 'false',
  'quantity("50.703k").asApproximateFloat()': '50703',
  'quantity("1.5").asApproximateFloat()': '1.5',
  'sign(quantity("-1m"))': '-1',
  'sign(quantity("0"))': '0',
};

test('quantities', () => {
  for (const [text, value] of Object.entries(cases)) {
    assert.equal(evaluateText(text, environment), value, text);
  }
});
