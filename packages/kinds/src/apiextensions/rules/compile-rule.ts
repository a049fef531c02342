/** The rules of one schema, compiled. */
import type {
  JSONSchemaProps,
  ValidationRule,
} from '@navarch/api/types/apiextensions/v1/json-schema';
import {
  type CompileFailure,
  createEnvironment,
  type Environment,
  type Program,
} from '@navarch/cel/environment';
import { optionalType } from '@navarch/cel/types';
import {
  type DeclaredType,
  declareType,
  requestBytesMax,
  sizeAt,
  typesOf,
} from '../../cel/declared-type.ts';
import { kubernetesLibraries } from '../../cel/libraries.ts';
import { lazily } from '../../lazily.ts';
import { resolveFieldPath } from '../definition/field-path.ts';

/** A rule as far as it compiles. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  /** Undefined when the rule is empty, or wrong. */
  readonly program: Program | undefined;
  readonly problem: string | undefined;
  readonly usesOldSelf: boolean;
  readonly message: Program | undefined;
  readonly messageProblem: string | undefined;
  /** Where errors are reported, below the value itself. */
  readonly fieldPath: string;
  /** The most that one evaluation may cost, of the rule and of its message. */
  readonly costMax: () => number;
  readonly messageCostMax: () => number;
}

export interface RuleSet {
  readonly rules: readonly CompiledRule[];
  /** How often values of this type may be in an object, if nothing else limits it. */
  readonly cardinalityMax: number;
}

const sharedEnvironment = lazily(() => createEnvironment({ libraries: kubernetesLibraries }));

/** Undefined where there are no rules, or expressions cannot see the values. */
export function compileRuleSet(schema: JSONSchemaProps, isObject: boolean): RuleSet | undefined {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const self = rules.length > 0 ? declareType(schema, { isObject, name: 'selfType' }) : undefined;
  if (!self) return undefined;
  const base = sharedEnvironment();
  const types = typesOf(self);
  const environments = {
    plain: base.extend({ variables: { self: self.type, oldSelf: self.type }, types }),
    optional: base.extend({
      variables: { self: self.type, oldSelf: optionalType(self.type) },
      types,
    }),
  };
  return {
    rules: rules.map((rule) =>
      compileRule(
        rule,
        rule.optionalOldSelf ? environments.optional : environments.plain,
        self,
        schema,
      ),
    ),
    cardinalityMax: Math.floor(requestBytesMax / (self.bytesMin + 1)),
  };
}

function compileRule(
  rule: ValidationRule,
  environment: Environment,
  self: DeclaredType,
  schema: JSONSchemaProps,
): CompiledRule {
  const none = { program: undefined, problem: undefined, cost: () => 0, usesOldSelf: false };
  const isEmpty = rule.rule.trim() === '';
  const compiled = isEmpty ? none : compileExpression(rule.rule, environment, self, ruleTexts);
  const hasMessage = Boolean(rule.messageExpression) && compiled.problem === undefined && !isEmpty;
  const message = hasMessage
    ? compileExpression(rule.messageExpression ?? '', environment, self, messageTexts)
    : none;
  const resolved = rule.fieldPath
    ? resolveFieldPath(rule.fieldPath, schema, { brackets: true })
    : undefined;
  return {
    rule,
    program: compiled.program,
    problem: compiled.problem,
    usesOldSelf: compiled.usesOldSelf,
    message: message.program,
    messageProblem: message.problem,
    fieldPath: resolved && 'path' in resolved ? resolved.path.toString() : '',
    costMax: compiled.cost,
    messageCostMax: message.cost,
  };
}

interface Texts {
  readonly kind: 'bool' | 'string';
  readonly failed: Readonly<Record<CompileFailure['stage'], string>>;
  readonly wrongType: string;
}

const ruleTexts: Texts = {
  kind: 'bool',
  failed: {
    compilation: 'compilation failed: ',
    'program instantiation': 'program instantiation failed: ',
  },
  wrongType: 'cel expression must evaluate to a bool',
};
const messageTexts: Texts = {
  kind: 'string',
  failed: {
    compilation: 'messageExpression compilation failed: ',
    'program instantiation': 'messageExpression instantiation failed: ',
  },
  wrongType: 'messageExpression must evaluate to a string',
};

interface CompiledExpression {
  readonly program: Program | undefined;
  readonly problem: string | undefined;
  readonly usesOldSelf: boolean;
  readonly cost: () => number;
}

function compileExpression(
  text: string,
  environment: Environment,
  self: DeclaredType,
  texts: Texts,
): CompiledExpression {
  const failed = (problem: string): CompiledExpression => ({
    program: undefined,
    problem,
    usesOldSelf: false,
    cost: () => 0,
  });
  const result = environment.compile(text);
  if (!result.ok) return failed(`${texts.failed[result.stage]}${result.message}`);
  if (result.outputType.kind !== texts.kind) return failed(texts.wrongType);
  const { program, references } = result;
  return {
    program,
    problem: undefined,
    usesOldSelf: references.variables.has('oldSelf'),
    cost: () => program.estimateCost({ sizeOf: (path) => sizeAt(self, path) }).max,
  };
}
