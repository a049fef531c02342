/** The rules of one schema for one value, with upstream's words for what comes of them. */
import {
  duplicate,
  errorMessage,
  type FieldError,
  forbidden,
  invalid,
  omitted,
  type Path,
  required,
} from '@navarch/api/field-error';
import type { Warn } from '@navarch/api/extension/resource';
import type {
  JSONSchemaProps,
  ValidationRule,
} from '@navarch/api/types/apiextensions/v1/json-schema';
import type { Bindings } from '@navarch/cel/environment';
import { type CelError, CostLimitExceeded } from '@navarch/cel/errors';
import { Optional, type Value } from '@navarch/cel/values';
import { goQuote } from '@navarch/codec/go/text';
import { schemaValue } from '../../cel/schema-values.ts';
import type { CompiledRule, RuleSet } from './compile-rule.ts';
import { callCostMax, type RuleBudget } from './rule-budget.ts';

/** A value at its place. */
export interface RuleSubject {
  readonly value: unknown;
  /** Undefined when there is none to compare with. */
  readonly old: unknown;
  readonly schema: JSONSchemaProps;
  readonly isObject: boolean;
  readonly path: Path;
  /** Set when it did not change: failures of rules that look at nothing else are told, but do not count. */
  readonly forgive: Warn | undefined;
}

const outOfBudget =
  'validation failed due to running out of cost budget, no further validation rules will be run';

export function evaluateRules(
  { rules }: RuleSet,
  subject: RuleSubject,
  budget: RuleBudget,
): FieldError[] {
  const errors: FieldError[] = [];
  const values = new SubjectValues(subject);
  for (const compiled of rules) {
    const { rule, usesOldSelf, problem } = compiled;
    if (problem !== undefined) {
      errors.push(evaluationError(subject, `rule compile error: ${problem}`));
      continue;
    }
    if (usesOldSelf && subject.old === undefined && rule.optionalOldSelf !== true) continue;
    const error = evaluateRule(compiled, subject, values, budget);
    if (error) errors.push(error);
    if (budget.isSpent) break;
  }
  return errors;
}

/** The variables. Values are wrapped when a rule asks for them. */
class SubjectValues {
  readonly plain: Bindings;
  readonly optional: Bindings;

  constructor({ value, old, schema, isObject }: RuleSubject) {
    const self = (): Value => schemaValue(value, schema, isObject);
    const oldSelf = (): Value => schemaValue(old, schema, isObject);
    const hasOld = old !== undefined;
    this.plain = {
      get: (name) =>
        name === 'self' ? self() : name === 'oldSelf' && hasOld ? oldSelf() : undefined,
    };
    this.optional = {
      get: (name) => {
        if (name === 'oldSelf') return hasOld ? Optional.of(oldSelf()) : Optional.none;
        return this.plain.get(name);
      },
    };
  }
}

function evaluateRule(
  compiled: CompiledRule,
  subject: RuleSubject,
  values: SubjectValues,
  budget: RuleBudget,
): FieldError | undefined {
  const { rule, program } = compiled;
  if (!program) return undefined;
  const bindings = rule.optionalOldSelf === true ? values.optional : values.plain;
  const outcome = program.attempt(bindings, { costLimit: callCostMax });
  if (!budget.spend(outcome.cost)) return evaluationError(subject, outOfBudget);
  if ('error' in outcome) {
    return evaluationError(subject, failureText(outcome.error, rule, budget));
  }
  if (outcome.value === true) return undefined;
  const failed = failure(compiled, subject, values, budget);
  if (compiled.usesOldSelf || !subject.forgive) return failed;
  subject.forgive(errorMessage(failed));
  return undefined;
}

function failureText(error: CelError, rule: ValidationRule, budget: RuleBudget): string {
  const text = ruleText(rule);
  if (error instanceof CostLimitExceeded) {
    budget.exhaust();
    return `'${error.message}': no further validation rules will be run due to call cost exceeds limit for rule: ${text}`;
  }
  if (error.message.startsWith('no such overload')) {
    return `'${error.message}': call arguments did not match a supported operator, function or macro signature for rule: ${text}`;
  }
  return `${error.message} evaluating rule: ${text}`;
}

/** These show the type in place of the value. */
function evaluationError({ path, schema }: RuleSubject, detail: string): FieldError {
  return invalid(path, schema.type ?? '', detail);
}

function ruleText({ rule, message = '' }: ValidationRule): string {
  return message === '' ? rule.trim() : message.trim();
}

function failure(
  compiled: CompiledRule,
  subject: RuleSubject,
  values: SubjectValues,
  budget: RuleBudget,
): FieldError {
  const { rule, fieldPath } = compiled;
  const path = fieldPath === '' ? subject.path : subject.path.child(fieldPath);
  const computed = computedMessage(compiled, values, budget);
  if ('problem' in computed) return invalid(path, subject.schema.type ?? '', computed.problem);
  const { message = '' } = rule;
  const usual = message === '' ? `failed rule: ${ruleText(rule)}` : message.trim();
  const detail = computed.text ?? usual;
  const shown = typeof subject.value === 'object' ? omitted : subject.value;
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbidden(path, detail);
    case 'FieldValueRequired':
      return required(path, detail);
    case 'FieldValueDuplicate':
      return duplicate(path, shown);
    default:
      return invalid(path, shown, detail);
  }
}

const messageBytesMax = 5 * 1024;

type Message = { readonly text: string | undefined } | { readonly problem: string };

/** Nothing when there is none, or none that can be shown; then the rule's own message stands. */
function computedMessage(
  { message, rule }: CompiledRule,
  values: SubjectValues,
  budget: RuleBudget,
): Message {
  if (!message) return { text: undefined };
  const outcome = message.attempt(values.plain, { costLimit: callCostMax });
  if (!budget.spend(outcome.cost)) return { problem: messageOutOfBudget };
  if ('error' in outcome) {
    if (!(outcome.error instanceof CostLimitExceeded)) return { text: undefined };
    budget.exhaust();
    const source = goQuote(rule.messageExpression ?? '');
    return {
      problem: `no further validation rules will be run due to call cost exceeds limit for messageExpression: ${source}`,
    };
  }
  const { value } = outcome;
  const text = typeof value === 'string' ? value.trim() : '';
  const isGood = text !== '' && !text.includes('\n') && text.length <= messageBytesMax;
  return { text: isGood ? text : undefined };
}

const messageOutOfBudget =
  'messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run';
