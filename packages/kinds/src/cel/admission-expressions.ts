/** Expressions about requests: those of admission policies, and the match conditions of policies and webhooks. */
import { type CompileResult, createEnvironment, type Environment } from '@navarch/cel/environment';
import { CelError, CostLimitExceeded } from '@navarch/cel/errors';
import type { Library } from '@navarch/cel/declarations';
import {
  boolType,
  dynType,
  listType,
  nullType,
  stringType,
  type Type,
  typesEqual,
  typeText,
} from '@navarch/cel/types';
import type { Value } from '@navarch/cel/values';
import { admissionTypes, namespaceType, requestType, variablesType } from './admission-types.ts';
import { lazily } from '../lazily.ts';
import { authorizerVariables } from './authorizer.ts';
import { combinedTypes } from './combined-types.ts';
import { kubernetesLibraries } from './libraries.ts';
import {
  applyConfigurationType,
  jsonPatchLibrary,
  jsonPatchType,
  patchTypes,
} from './patch-types.ts';
import { variableType } from './variable-type.ts';

/** What an expression has to give. */
export type Output =
  | 'any'
  | 'bool'
  | 'string'
  | 'stringOrNull'
  | 'applyConfiguration'
  | 'jsonPatch';

/** A compiled expression, or one that fails whenever it is evaluated because it does not compile. */
export interface Expression {
  readonly text: string;
  /** Upstream's message, when it does not compile or gives something else than it should. */
  readonly problem: string | undefined;
  readonly outputType: Type;
  /** Throws CelError when it has no value. */
  evaluate(bindings: Bindings, budget: Budget): Value;
}

/** Values by the names of variables, each made when it is first needed. */
export type Bindings = Readonly<Record<string, () => Value>>;

export interface AdmissionExpressions {
  compile(text: string, output: Output): Expression;
}

export interface AdmissionScope {
  readonly hasParams: boolean;
  readonly hasAuthorizer: boolean;
  /** Undefined where there are none: in match conditions. */
  readonly variables:
    | readonly { readonly name: string; readonly expression: Expression }[]
    | undefined;
  /** Whether expressions may construct patches. */
  readonly makesPatches?: boolean;
}

/** No expression may cost more (KEP-3488), whatever is left for all of them. */
const expressionCostMax = 1_000_000;

/** What all expressions for one request may cost together. */
export class Budget {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  get limit(): number {
    return Math.min(Math.max(this.#left, 0), expressionCostMax);
  }

  spend(cost: number): void {
    this.#left -= cost;
  }

  spendAll(): void {
    this.#left = 0;
  }
}

/** For one policy or webhook. */
export function createAdmissionExpressions(scope: AdmissionScope): AdmissionExpressions {
  const variables = scope.variables?.map(
    ({ name, expression }) => [name, variableType(expression.outputType)] as const,
  );
  const shared = scope.makesPatches ? patchEnvironment : sharedEnvironment;
  const types = admissionTypes(Object.fromEntries(variables ?? []));
  const environment = shared().extend({
    variables: {
      ...(scope.hasParams && { params: dynType }),
      ...(scope.hasAuthorizer && authorizerVariables),
      ...(variables && { variables: variablesType }),
    },
    types: scope.makesPatches ? combinedTypes(types, patchTypes) : types,
  });
  return { compile: (text, output) => compile(environment, text, output) };
}

/** Takes some milliseconds: made when the first expression is met. */
const sharedEnvironment = lazily(() => environmentWith(kubernetesLibraries));
const patchEnvironment = lazily(() => environmentWith([...kubernetesLibraries, jsonPatchLibrary]));

function environmentWith(libraries: readonly Library[]): Environment {
  return createEnvironment({
    libraries,
    variables: {
      object: dynType,
      oldObject: dynType,
      request: requestType,
      namespaceObject: namespaceType,
    },
    types: admissionTypes({}),
  });
}

function compile(environment: Environment, text: string, output: Output): Expression {
  const result = environment.compile(text);
  const problem = result.ok
    ? wrongOutput(result.outputType, output)
    : `${result.stage} failed: ${result.message}`;
  return {
    text,
    problem,
    outputType: result.ok ? result.outputType : dynType,
    evaluate: (bindings, budget) => {
      if (problem !== undefined || !result.ok) throw new CelError(problem ?? '');
      return evaluate(result, bindings, budget);
    },
  };
}

function evaluate(
  { program }: CompileResult & { readonly ok: true },
  bindings: Bindings,
  budget: Budget,
): Value {
  const names = {
    get: (name: string): Value | undefined =>
      Object.hasOwn(bindings, name) ? bindings[name]?.() : undefined,
  };
  const outcome = program.attempt(names, { costLimit: budget.limit });
  if ('value' in outcome) {
    budget.spend(outcome.cost);
    return outcome.value;
  }
  if (outcome.error instanceof CostLimitExceeded) budget.spendAll();
  else budget.spend(outcome.cost); // What fails has cost something, too.
  throw outcome.error;
}

const accepted: Readonly<Record<Exclude<Output, 'any'>, readonly Type[]>> = {
  bool: [boolType],
  string: [stringType],
  stringOrNull: [stringType, nullType],
  applyConfiguration: [applyConfigurationType],
  jsonPatch: [listType(jsonPatchType)],
};

/** A type that is only known when the expression is evaluated is none of those: upstream compares exactly. */
function wrongOutput(type: Type, output: Output): string | undefined {
  if (output === 'any') return undefined;
  const types = accepted[output];
  if (types.some((each) => typesEqual(each, type))) return undefined;
  const texts = types.map(typeText);
  const words = texts.length === 1 ? texts[0] : `one of [${texts.join(' ')}]`;
  return `must evaluate to ${words} but got ${typeText(type)}`;
}
