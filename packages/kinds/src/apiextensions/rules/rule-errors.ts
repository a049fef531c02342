/** What holds for the rules of one schema: their form, that they compile, what they cost. */
import {
  type FieldError,
  forbidden,
  internal,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import type {
  JSONSchemaProps,
  ValidationRule,
} from '@navarch/api/types/apiextensions/v1/json-schema';
import { resolveFieldPath } from '../definition/field-path.ts';
import { internalRule } from '../definition/internal-form.ts';
import { type CompiledRule, compileRuleSet } from './compile-rule.ts';
import { type CostContext, excessText, ruleCostMax } from './cost-context.ts';

export interface RuleSurroundings {
  /** Undefined when the rules are not to be compiled. */
  readonly costs: CostContext | undefined;
  readonly uncorrelatable: Path | undefined;
}

export interface RuleFindings {
  /** Errors that have nothing to do with expressions. */
  readonly formErrors: readonly FieldError[];
  readonly ruleErrors: readonly FieldError[];
}

const untypedText =
  'internal error: failed to construct type information for x-kubernetes-validations rules: ' +
  'unable to convert structural schema to CEL declarations';

const none: RuleFindings = { formErrors: [], ruleErrors: [] };

export function ruleErrors(
  schema: JSONSchemaProps,
  path: Path,
  { costs, uncorrelatable }: RuleSurroundings,
): RuleFindings {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return none;
  const rulesAt = path.child('x-kubernetes-validations');
  const formErrors = rules.flatMap((rule, i) => formErrorsOf(rule, schema, rulesAt.index(i)));
  if (!costs || formErrors.length > 0) return { formErrors, ruleErrors: [] };
  const compiled = costs.hasType ? compileRuleSet(schema, costs.isObject) : undefined;
  if (!compiled) return { formErrors, ruleErrors: [internal(rulesAt, untypedText)] };
  const count = compiled.cardinalityMax;
  return {
    formErrors,
    ruleErrors: compiled.rules.flatMap((rule, i) => [
      ...expressionErrors(rule, rulesAt.index(i), { costs, count }),
      ...oldSelfErrors(rule, rulesAt.index(i), uncorrelatable),
    ]),
  };
}

const reasons = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueRequired',
];

function formErrorsOf(rule: ValidationRule, schema: JSONSchemaProps, at: Path): FieldError[] {
  const { message = '', messageExpression = '', reason, fieldPath = '' } = rule;
  const errors = [...textErrors(rule.rule, message, at)];
  if (messageExpression !== '' && messageExpression.trim() === '') {
    const detail = 'messageExpression must be non-empty if specified';
    errors.push(required(at.child('messageExpression'), detail));
  }
  if (reason !== undefined && !reasons.includes(reason)) {
    errors.push(notSupported(at.child('reason'), reason, reasons));
  }
  if (fieldPath === '') return errors;
  const tell = (detail: string): number =>
    errors.push(invalid(at.child('fieldPath'), fieldPath, detail));
  if (fieldPath.trim() === '') tell('must be non-empty if specified');
  if (lineBreak.test(fieldPath)) tell('must not contain line breaks');
  const found = resolveFieldPath(fieldPath, schema, { brackets: true });
  if ('problem' in found) tell('must be a valid path');
  return errors;
}

const lineBreak = /[\n\r]/;

function textErrors(rule: string, message: string, at: Path): FieldError[] {
  const text = message.trim();
  const messageAt = at.child('message');
  if (rule.trim() === '') return [required(at.child('rule'), 'rule is not specified')];
  if (message !== '' && text === '') {
    return [invalid(messageAt, message, 'must be non-empty if specified')];
  }
  if (lineBreak.test(text)) {
    return [invalid(messageAt, message, 'must not contain line breaks')];
  }
  if (lineBreak.test(rule.trim()) && text === '') {
    return [required(messageAt, 'message must be specified if rule contains line breaks')];
  }
  return [];
}

interface Costing {
  readonly costs: CostContext;
  readonly count: number;
}

function expressionErrors(compiled: CompiledRule, at: Path, costing: Costing): FieldError[] {
  const { rule, problem, messageProblem } = compiled;
  const errors = costErrors(
    costing.costs.costOf(compiled.costMax(), costing.count),
    'rule',
    at.child('rule'),
    costing.costs,
  );
  if (problem !== undefined) errors.push(invalid(at.child('rule'), internalRule(rule), problem));
  const messageAt = at.child('messageExpression');
  if (messageProblem !== undefined)
    errors.push(invalid(messageAt, internalRule(rule), messageProblem));
  else if (compiled.message) {
    const cost = compiled.messageCostMax();
    errors.push(...costErrors(cost, 'messageExpression', messageAt, costing.costs));
  }
  return errors;
}

function costErrors(cost: number, what: string, at: Path, costs: CostContext): FieldError[] {
  costs.observe(at, cost);
  if (cost <= ruleCostMax) return [];
  return [forbidden(at, excessText(`estimated ${what} cost`, cost, ruleCostMax))];
}

function oldSelfErrors(
  { rule, usesOldSelf }: CompiledRule,
  at: Path,
  uncorrelatable: Path | undefined,
): FieldError[] {
  if (usesOldSelf) {
    if (!uncorrelatable) return [];
    const detail = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable.toString()}`;
    return [invalid(at.child('rule'), rule.rule, detail)];
  }
  if (rule.optionalOldSelf === undefined) return [];
  const detail = 'may not be set if oldSelf is not used in rule';
  return [invalid(at.child('optionalOldSelf'), rule.optionalOldSelf, detail)];
}
