import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorMessage, type FieldError } from '@navarch/api/field-error';
import type { NetworkPolicy, ServiceCIDR } from '@navarch/api/types/networking/v1';
import { ingressClasses } from './ingress-class.ts';
import { ingresses } from './ingress/ingress.ts';
import { networkPolicies } from './network-policy/network-policy.ts';
import { serviceCidrs } from './service-cidr.ts';

interface Validated {
  readonly validate?: (object: never) => readonly FieldError[];
}

function check(definition: Validated, spec: object, annotations?: object): string[] {
  const object = { metadata: { name: 'x', ...(annotations && { annotations }) }, spec };
  // Built by hand, as loosely as a client may.
  return (definition.validate?.(object as never) ?? []).map(errorMessage);
}

const defaultBackend = { service: { name: 'web', port: { number: 80 } } };

function ingressWithPath(path: string, pathType: string): object {
  return { rules: [{ http: { paths: [{ path, pathType, backend: defaultBackend }] } }] };
}

describe('ingresses', () => {
  test('need rules or a backend', () => {
    assert.deepEqual(check(ingresses, {}), [
      'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    ]);
    assert.deepEqual(check(ingresses, { defaultBackend }), []);
  });

  test('may keep what was wrong when it was stored', () => {
    const rule = (host: string, path: string) => ({
      host,
      http: { paths: [{ path, pathType: 'Prefix', backend: defaultBackend }] },
    });
    const update = (spec: object, stored: object) => {
      const object = (of: object) => ({ metadata: { name: 'x' }, spec: of }) as never;
      return ingresses.validateUpdate?.(object(spec), object(stored)) ?? [];
    };
    const wild = { rules: [rule('*.example.com', 'a')] };
    assert.deepEqual(update(wild, wild), []);
    assert.equal(update(wild, { rules: [rule('example.com', 'a')] }).length, 1);
    const tls = { defaultBackend, tls: [{ secretName: 'A' }] };
    assert.deepEqual(update(tls, tls), []);
    assert.equal(update(tls, { defaultBackend }).length, 1);
  });

  test('refuse paths that servers read in different ways', () => {
    const path = 'spec.rules[0].http.paths[0].path: Invalid value';
    assert.deepEqual(check(ingresses, ingressWithPath('/a/../b', 'Prefix')), [
      `${path}: "/a/../b": must not contain '/../'`,
    ]);
    assert.deepEqual(check(ingresses, ingressWithPath('/a/..', 'Exact')), [
      `${path}: "/a/..": cannot end with '/..'`,
    ]);
    assert.deepEqual(check(ingresses, ingressWithPath('', 'Prefix')), [
      `${path}: "": must be an absolute path`,
    ]);
    assert.deepEqual(check(ingresses, ingressWithPath('', 'ImplementationSpecific')), []);
    assert.deepEqual(check(ingresses, ingressWithPath('/a/../b', 'ImplementationSpecific')), []);
  });

  test('name one class, when created', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'y' };
    const spec = { ingressClassName: 'x', defaultBackend };
    assert.deepEqual(check(ingresses, spec, annotations), [
      'annotations.kubernetes.io/ingress.class: Invalid value: "y": must match `ingressClassName` when both are specified',
    ]);
    const object = { metadata: { name: 'x', annotations }, spec };
    assert.deepEqual(ingresses.validateUpdate?.(object, object), []);
  });

  test('are told, when created, that the annotation is old', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'y' };
    // Built by hand.
    const old = { metadata: { name: 'x', annotations }, spec: { defaultBackend } } as never;
    assert.deepEqual(ingresses.warnings?.(old, undefined), [
      `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`,
    ]);
    assert.deepEqual(ingresses.warnings?.(old, old), []);
  });
});

describe('ingress classes', () => {
  test('are checked anew when they change', () => {
    const classOf = (controller: string) =>
      // Built by hand.
      ({ metadata: { name: 'x' }, spec: { controller } }) as never;
    const found = ingressClasses.validateUpdate?.(classOf('b'), classOf('a.com/b')) ?? [];
    assert.deepEqual(found.map(errorMessage), [
      'spec.controller: Invalid value: "b": field is immutable',
      'spec.controller: Invalid value: "b": must be a domain-prefixed path (such as "acme.io/foo")',
    ]);
  });

  test('name their controller as a path under a domain', () => {
    assert.deepEqual(check(ingressClasses, { controller: 'example.com/a/b' }), []);
    assert.deepEqual(check(ingressClasses, { controller: 'example.com/' }), [
      'spec.controller: Invalid value: "example.com/": must be a domain-prefixed path (such as "acme.io/foo")',
    ]);
    assert.deepEqual(check(ingressClasses, { controller: 'example.com/a b' }), [
      "spec.controller: Invalid value: \"a b\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    ]);
  });
});

describe('network policies', () => {
  const policy = (cidr: string, except: string[] = []): NetworkPolicy => ({
    metadata: { name: 'x' },
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr, except } }] }] },
  });

  test('exceptions are inside the range, and smaller', () => {
    const errors = networkPolicies.validate?.(policy('10.0.0.0/8', ['10.0.0.0/8', '10.1.0.0/16']));
    assert.deepEqual(errors?.map(errorMessage), [
      'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
    ]);
  });

  test('warn of ranges with bits that do not count', () => {
    assert.deepEqual(networkPolicies.warnings?.(policy('10.0.0.0/8'), undefined), []);
    assert.deepEqual(networkPolicies.warnings?.(policy('fd00::5/8'), undefined), [
      'spec.ingress[0].from[0].ipBlock.cidr: CIDR value "fd00::5/8" is ambiguous in this context (should be "fd00::/8" or "fd00::5/128"?)',
    ]);
  });
});

test('a service range keeps its ranges, and may get one of the other family', () => {
  const range = (...cidrs: string[]): ServiceCIDR => ({
    metadata: { name: 'x' },
    spec: { cidrs },
  });
  const update = (to: ServiceCIDR, from: ServiceCIDR): string[] =>
    (serviceCidrs.validateUpdate?.(to, from) ?? []).map(errorMessage);
  assert.deepEqual(update(range('10.0.0.0/24', 'fd00::/112'), range('10.0.0.0/24')), []);
  assert.deepEqual(update(range('10.1.0.0/24'), range('10.0.0.0/24')), [
    'spec.cidrs[0]: Invalid value: "10.1.0.0/24": field is immutable',
  ]);
});
