/**
 * Where expressions are compiled: the libraries, variables and types they may use.
 *
 * An environment is made once and used for any number of expressions; `extend` shares all it can.
 */
import { check } from './checker/checker.ts';
import type { Checked } from './checker/findings.ts';
import { type Declarations, mergeFunctions, type TypeProvider } from './checker/scope.ts';
import type { ActualCost } from './cost/actual.ts';
import { type CostInput, estimate } from './cost/estimate.ts';
import type { Range } from './cost/range.ts';
import type { Library, OverloadCost, Validator } from './declarations.ts';
import { CelError } from './errors.ts';
import { compile } from './evaluate/compile.ts';
import type { Bindings, Frame } from './evaluate/node.ts';
import { optionals } from './functions/optionals.ts';
import { standard } from './functions/standard.ts';
import { parse } from './parser/parser.ts';
import { describeIssues, type Issue } from './parser/source.ts';
import { errorType, type Type, typeName } from './types.ts';
import type { Value } from './values.ts';
import { references, type References } from './references.ts';
import { findMixedLiterals } from './validate/mixed-literals.ts';

export type { TypeProvider } from './checker/scope.ts';
export type { Bindings } from './evaluate/node.ts';
export type { References } from './references.ts';

/** What an environment is made of. */
export interface EnvironmentOptions {
  /** Beside the standard one. */
  readonly libraries?: readonly Library[];
  readonly variables?: Readonly<Record<string, Type>>;
  /** The object types. */
  readonly types?: TypeProvider;
  readonly container?: string;
  /** Whether list and map literals may mix types. */
  readonly mixedLiterals?: boolean;
  /** Whether fields may be written in backquotes. */
  readonly escapedFields?: boolean;
}

/** What may be added to an environment. */
export type Extension = Pick<EnvironmentOptions, 'variables' | 'types'>;

/** Compiles expressions. */
export interface Environment {
  compile(text: string): CompileResult;
  /** The same with more variables, or other object types. */
  extend(extension: Extension): Environment;
}

/** A compiled expression, or why there is none. */
export type CompileResult =
  | ({ readonly ok: true; readonly program: Program } & Compilation)
  | CompileFailure;

/** Why there is no program. */
export interface CompileFailure {
  readonly ok: false;
  /** What failed, in the words Kubernetes puts before the message and ` failed: `. */
  readonly stage: 'compilation' | 'program instantiation';
  readonly issues: readonly Issue[];
  /** The issues as one text, with positions; when instantiation failed, just the reason. */
  readonly message: string;
}

/** What is known of an expression once it is compiled. */
export interface Compilation {
  readonly outputType: Type;
  readonly references: References;
}

/** How an evaluation is limited. */
export interface EvaluateOptions {
  /** Throws CostLimitExceeded beyond it. */
  readonly costLimit?: number;
}

/** A result and what it cost. */
export interface Evaluation {
  readonly value: Value;
  readonly cost: number;
}

/** Why there is no result, and what it cost to find out. */
export interface Failure {
  readonly error: CelError;
  readonly cost: number;
}

/** An expression that can be evaluated any number of times. */
export interface Program {
  /** The same as `evaluate`, for those who must know what failures cost. */
  attempt(bindings: Bindings, options?: EvaluateOptions): Evaluation | Failure;
  /** Throws CelError when the expression has no value. */
  evaluate(bindings: Bindings, options?: EvaluateOptions): Evaluation;
  /** The least and the most an evaluation may cost. */
  estimateCost(sizes: CostInput): Range;
}

/** An environment with the standard library and what the options add. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const libraries = [standard, ...(options.libraries ?? [])];
  const types = libraries.flatMap((library) => library.types ?? []);
  const constants = libraries.flatMap((library) => library.constants ?? []);
  const costs = libraries.flatMap((library) => Object.entries(library.equalityCosts ?? {}));
  return environment({
    declarations: {
      functions: mergeFunctions(libraries.flatMap((library) => library.functions)),
      variables: new Map(Object.entries(options.variables ?? {})),
      constants: new Map(constants.map((constant) => [constant.name, constant])),
      types: new Map(types.map((type) => [typeName(type), type])),
      provider: options.types ?? noTypes,
      container: options.container ?? '',
    },
    parsing: {
      macros: libraries.flatMap((library) => library.macros ?? []),
      optionalSyntax: libraries.includes(optionals),
      escapedFields: options.escapedFields ?? false,
    },
    validators: [
      ...(options.mixedLiterals === true ? [] : [findMixedLiterals]),
      ...libraries.flatMap((library) => library.validators ?? []),
    ],
    equalityCosts: new Map(costs),
  });
}

interface Setup {
  readonly declarations: Declarations;
  readonly parsing: Parameters<typeof parse>[1];
  readonly validators: readonly Validator[];
  readonly equalityCosts: ReadonlyMap<string, OverloadCost>;
}

const noTypes: TypeProvider = { findType: () => undefined, findField: () => undefined };

function environment(setup: Setup): Environment {
  const actualCosts = new Map<string, ActualCost>();
  for (const [name, { actual }] of setup.equalityCosts) {
    if (actual !== undefined) actualCosts.set(name, (args, result) => actual(args, result) ?? 1);
  }
  return {
    compile: (text) => compileText(text, setup, actualCosts),
    extend({ variables = {}, types }) {
      const { declarations } = setup;
      const extended = {
        ...declarations,
        variables: new Map([...declarations.variables, ...Object.entries(variables)]),
        provider: types ?? declarations.provider,
      };
      return environment({ ...setup, declarations: extended });
    },
  };
}

function compileText(
  text: string,
  setup: Setup,
  actualCosts: ReadonlyMap<string, ActualCost>,
): CompileResult {
  const failed = (issues: readonly Issue[]): CompileResult => ({
    ok: false,
    stage: 'compilation',
    issues,
    message: describeIssues(text, issues),
  });
  const parsed = parse(text, setup.parsing);
  if (parsed.expr === undefined) return failed(parsed.issues);
  const { offsets } = parsed.ids;
  const checked = check(parsed.expr, setup.declarations, offsets);
  if (checked.issues.length > 0) return failed(checked.issues);
  const problems = setup.validators.flatMap((validate) => [...validate(checked)]);
  if (problems.length > 0) {
    return failed(problems.map(({ message, at }) => ({ message, offset: offsets[at] })));
  }
  try {
    const program = createProgram(checked, setup, actualCosts);
    const outputType = checked.types.get(checked.expr.id) ?? errorType;
    const used = references(checked.expr, setup.declarations);
    return { ok: true, program, outputType, references: used };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    const { message } = error;
    const issues = [{ message, offset: undefined }];
    return { ok: false, stage: 'program instantiation', issues, message };
  }
}

function createProgram(
  checked: Checked,
  setup: Setup,
  actualCosts: ReadonlyMap<string, ActualCost>,
): Program {
  const { node, slots } = compile(checked, setup.declarations, actualCosts);
  const frameOf = (bindings: Bindings, { costLimit = Infinity }: EvaluateOptions): Frame => ({
    bindings,
    slots: slots === 0 ? [] : Array.from({ length: slots }, () => undefined),
    cost: 0,
    costLimit,
  });
  return {
    attempt(bindings, options = {}) {
      const frame = frameOf(bindings, options);
      try {
        return { value: node.run(frame), cost: frame.cost };
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        return { error, cost: frame.cost };
      }
    },
    evaluate(bindings, options = {}) {
      const frame = frameOf(bindings, options);
      const value = node.run(frame);
      return { value, cost: frame.cost };
    },
    estimateCost: (sizes) => estimate(checked, sizes, setup.equalityCosts),
  };
}
