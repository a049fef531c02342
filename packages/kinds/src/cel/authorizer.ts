/**
 * `authorizer` in expressions: may the requester, or a service account, do this or that? Source: the API's documentation of CEL in
 * Kubernetes, "Kubernetes authorizer library".
 */
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  UserInfo,
} from '@navarch/api/extension/context';
import { stringTraversalFactor } from '@navarch/cel/cost/actual';
import { addRanges, exactly, type Range, scaleRange } from '@navarch/cel/cost/range';
import type {
  FunctionDeclaration,
  Library,
  Overload,
  OverloadCost,
} from '@navarch/cel/declarations';
import { CelError, noSuchOverload } from '@navarch/cel/errors';
import { actualSize } from '@navarch/cel/library/overloads';
import { boolType, objectType, stringType, type Type } from '@navarch/cel/types';
import type { OpaqueValue, Value } from '@navarch/cel/values';

const authorizerType = objectType('kubernetes.authorization.Authorizer');
const pathCheckType = objectType('kubernetes.authorization.PathCheck');
const groupCheckType = objectType('kubernetes.authorization.GroupCheck');
const resourceCheckType = objectType('kubernetes.authorization.ResourceCheck');
const decisionType = objectType('kubernetes.authorization.Decision');

/** What expressions with an authorizer may name. */
export const authorizerVariables: Readonly<Record<string, Type>> = {
  authorizer: authorizerType,
  'authorizer.requestResource': resourceCheckType,
};

/** Throws when it has to ask first: see `AuthorizerBridge`. */
export type Decide = (attributes: AuthorizationAttributes) => AuthorizationDecision;

interface Asker {
  readonly user: UserInfo;
  readonly decide: Decide;
}

abstract class Opaque implements OpaqueValue {
  readonly kind = 'opaque';
  abstract readonly type: Type;

  equals(other: Value): boolean {
    return this === other;
  }
}

/** On behalf of whom is asked. */
export class AuthorizerValue extends Opaque {
  readonly type = authorizerType;
  readonly asker: Asker;

  constructor(asker: Asker) {
    super();
    this.asker = asker;
  }
}

class PathCheck extends Opaque {
  readonly type = pathCheckType;
  readonly asker: Asker;
  readonly path: string;

  constructor(asker: Asker, path: string) {
    super();
    this.asker = asker;
    this.path = path;
  }
}

class GroupCheck extends Opaque {
  readonly type = groupCheckType;
  readonly asker: Asker;
  readonly group: string;

  constructor(asker: Asker, group: string) {
    super();
    this.asker = asker;
    this.group = group;
  }
}

export type ResourceAsked = NonNullable<AuthorizationAttributes['resource']>;

/** A resource, narrowed down step by step. */
export class ResourceCheck extends Opaque {
  readonly type = resourceCheckType;
  readonly asker: Asker;
  readonly resource: ResourceAsked;

  constructor(asker: Asker, resource: ResourceAsked) {
    super();
    this.asker = asker;
    this.resource = resource;
  }
}

class Decided extends Opaque {
  readonly type = decisionType;
  readonly decision: AuthorizationDecision;

  constructor(decision: AuthorizationDecision) {
    super();
    this.decision = decision;
  }
}

/** A round trip to an authorizer, in units of cost (upstream's figure). */
const checkCost = 350_000;

function method(
  id: string,
  receiver: Type,
  args: number,
  result: Type,
  evaluate: (args: readonly Value[]) => Value,
): Overload {
  const params = Array.from({ length: args }, () => stringType);
  const cost =
    result === decisionType
      ? {
          actual: () => checkCost,
          estimate: () => ({ cost: { min: checkCost, max: checkCost } }),
        }
      : undefined;
  return {
    id,
    receiver: true,
    args: [receiver, ...params],
    result,
    evaluate,
    ...(cost && { cost }),
  };
}

function on<T extends Opaque>(
  type: new (...args: never[]) => T,
  use: (receiver: T, ...args: readonly string[]) => Value,
): (args: readonly Value[]) => Value {
  return ([receiver, ...args]) => {
    if (!(receiver instanceof type)) throw noSuchOverload();
    return use(receiver, ...args.map(String));
  };
}

function narrowed(member: keyof ResourceAsked): (args: readonly Value[]) => Value {
  return on(
    ResourceCheck,
    ({ asker, resource }, value = '') => new ResourceCheck(asker, { ...resource, [member]: value }),
  );
}

const accountPart = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

function serviceAccount({ asker }: AuthorizerValue, namespace = '', name = ''): Value {
  if (!accountPart.test(name)) throw new CelError(`Invalid service account name`);
  if (!accountPart.test(namespace)) throw new CelError(`Invalid service account namespace`);
  const user = {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
  return new AuthorizerValue({ ...asker, user });
}

function checkResource({ asker, resource }: ResourceCheck, verb = ''): Value {
  const { user, decide } = asker;
  return new Decided(decide({ user, verb, resource, path: '' }));
}

function checkPath({ asker, path }: PathCheck, verb = ''): Value {
  const { user, decide } = asker;
  return new Decided(decide({ user, verb, path }));
}

function resourceOf({ asker, group }: GroupCheck, resource = ''): Value {
  const none = { version: '*', subresource: '', namespace: '', name: '' };
  return new ResourceCheck(asker, { group, resource, ...none });
}

function pathOf({ asker }: AuthorizerValue, path = ''): Value {
  if (path.trim() === '') throw new CelError('path must not be empty');
  return new PathCheck(asker, path);
}

const isAllowed = on(Decided, ({ decision }) => decision.decision === 'allow');
const reasonOf = on(Decided, ({ decision }) => decision.reason);

const selectors: ReadonlySet<string> = new Set(['fieldSelector', 'labelSelector']);

/** A list of as many requirements as the text may have, each with its values; and going through the text (upstream's figures). */
const selectorCost: OverloadCost = {
  actual: ([, selector]) => selectorCostOf(exactly(actualSize(selector))).max,
  estimate: ({ args: [selector] }, sizes) =>
    selector && { cost: selectorCostOf(sizes.sizeOf(selector)) },
};

function selectorCostOf(length: Range): Range {
  const requirements = scaleRange(length, 0.5);
  return addRanges(
    exactly(10),
    scaleRange(length, stringTraversalFactor),
    scaleRange(requirements, 50),
  );
}

const functions: readonly FunctionDeclaration[] = [
  [
    'path',
    method('authorizer_path', authorizerType, 1, pathCheckType, on(AuthorizerValue, pathOf)),
  ],
  [
    'group',
    method(
      'authorizer_group',
      authorizerType,
      1,
      groupCheckType,
      on(AuthorizerValue, ({ asker }, group = '') => new GroupCheck(asker, group)),
    ),
  ],
  [
    'serviceAccount',
    method(
      'authorizer_serviceaccount',
      authorizerType,
      2,
      authorizerType,
      on(AuthorizerValue, serviceAccount),
    ),
  ],
  [
    'resource',
    method('groupcheck_resource', groupCheckType, 1, resourceCheckType, on(GroupCheck, resourceOf)),
  ],
  ...(['subresource', 'namespace', 'name', 'fieldSelector'] as const).map(
    (name): readonly [string, Overload] => [
      name,
      method(
        `resourcecheck_${name.toLowerCase()}`,
        resourceCheckType,
        1,
        resourceCheckType,
        narrowed(name),
      ),
    ],
  ),
  ['check', method('pathcheck_check', pathCheckType, 1, decisionType, on(PathCheck, checkPath))],
  [
    'labelSelector',
    method(
      'resourcecheck_labelselector',
      resourceCheckType,
      1,
      resourceCheckType,
      // No authorizer here looks at labels: to them it is the wider question.
      on(ResourceCheck, (check) => check),
    ),
  ],
  [
    'check',
    method(
      'resourcecheck_check',
      resourceCheckType,
      1,
      decisionType,
      on(ResourceCheck, checkResource),
    ),
  ],
  ['allowed', method('decision_allowed', decisionType, 0, boolType, isAllowed)],
  ['reason', method('decision_reason', decisionType, 0, stringType, reasonOf)],
  // Authorizers that cannot answer reject, which fails the request: no decision carries an error.
  ['errored', method('decision_errored', decisionType, 0, boolType, () => false)],
  ['error', method('decision_error', decisionType, 0, stringType, () => '')],
].map(([name, overload]) => ({
  name: name as string,
  overloads: [
    selectors.has(name as string)
      ? { ...(overload as Overload), cost: selectorCost }
      : (overload as Overload),
  ],
}));

/** The functions of authorizers and what they give. */
export const authorizerLibrary: Library = { name: 'kubernetes.authorizer', functions };
