/**
 * Gives every node a type and every call its overloads, and names their full name.
 *
 * The result is a new tree, in which qualified names (`a.b.c` where a variable is called so) and
 * namespaced functions are single nodes. Messages are cel-go's.
 */
import type { CallExpr, ComprehensionExpr, Expr, SelectExpr, StructExpr } from '../ast.ts';
import {
  boolType,
  dynType,
  errorType,
  formatType,
  intType,
  isDynamic,
  isOptionalType,
  listType,
  mapType,
  optionalType,
  type Type,
  typeName,
} from '../types.ts';
import { typeOf } from '../values.ts';
import { type Checked, Findings } from './findings.ts';
import {
  candidateNames,
  type Declarations,
  findFunction,
  findGlobal,
  type Identifier,
} from './scope.ts';
import { resolveCall } from './resolve-call.ts';
import { mostGeneral } from './unify.ts';

/** Checks a tree against the names there are. */
export function check(
  expr: Expr,
  declarations: Declarations,
  offsets: readonly (number | undefined)[],
): Checked {
  const findings = new Findings(declarations.container, offsets);
  const checked = new Checker(declarations, findings).check(expr);
  return findings.finish(checked);
}

type Locals = ReadonlyMap<string, Type>;

class Checker {
  readonly #declarations: Declarations;
  readonly #findings: Findings;
  #locals: Locals = new Map();

  constructor(declarations: Declarations, findings: Findings) {
    this.#declarations = declarations;
    this.#findings = findings;
  }

  check(expr: Expr): Expr {
    switch (expr.kind) {
      case 'literal':
        return this.#findings.typed(expr, typeOf(expr.value));
      case 'ident':
        return this.#ident(expr.id, expr.name);
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return this.#struct(expr);
      case 'comprehension':
        return this.#comprehension(expr);
    }
  }

  #ident(id: number, name: string): Expr {
    const found = this.#resolve(name, this.#locals.get(name));
    if (found !== undefined)
      return this.#findings.typed({ kind: 'ident', id, name: found.name }, found.type);
    this.#findings.undeclared(id, name);
    return this.#findings.typed({ kind: 'ident', id, name }, errorType);
  }

  #resolve(name: string, local: Type | undefined): Identifier | undefined {
    if (local !== undefined) return { name, type: local };
    const found = findGlobal(
      this.#declarations,
      candidateNames(this.#declarations.container, name),
    );
    if (found === undefined) return undefined;
    const [first = ''] = name.replace(/^\./, '').split('.');
    // A local variable of the same name would win at run time.
    return this.#locals.has(first) ? { ...found, name: `.${found.name}` } : found;
  }

  #select(expr: SelectExpr): Expr {
    const qualified = expr.test ? undefined : qualifiedName(expr);
    if (qualified !== undefined && !this.#locals.has(qualified.split('.')[0] ?? '')) {
      const found = this.#resolve(qualified, undefined);
      if (found !== undefined) {
        return this.#findings.typed({ kind: 'ident', id: expr.id, name: found.name }, found.type);
      }
    }
    const operand = this.check(expr.operand);
    const type = this.#fieldType(expr.id, operand, expr.field, false);
    return this.#findings.typed(
      { ...expr, operand },
      expr.test ? boolType : this.#findings.substitutions.apply(type, false),
    );
  }

  #optionalSelect(expr: CallExpr): Expr {
    const [first, field] = expr.args;
    if (first === undefined || field?.kind !== 'literal' || typeof field.value !== 'string') {
      this.#findings.report(expr.id, 'unsupported optional field selection');
      return this.#findings.typed(expr, errorType);
    }
    const operand = this.check(first);
    const type = this.#fieldType(expr.id, operand, field.value, true);
    const checked = { ...expr, args: [operand, this.check(field)] };
    return this.#findings.typed(checked, this.#findings.substitutions.apply(type, false));
  }

  #fieldType(id: number, operand: Expr, field: string, optional: boolean): Type {
    const operandType = this.#findings.substitutions.apply(this.#findings.typeOf(operand), false);
    const isOptional = isOptionalType(operandType);
    const type = this.#plainFieldType(id, unwrapOptional(operandType), field);
    return isOptional || optional ? optionalType(type) : type;
  }

  #plainFieldType(id: number, target: Type, field: string): Type {
    switch (target.kind) {
      case 'map':
        return target.value;
      case 'object':
        return this.#objectField(id, target.name, field) ?? errorType;
      case 'param':
        this.#findings.substitutions.assign(dynType, target);
        return dynType;
      default:
        if (!isDynamic(target) && target.kind !== 'error') {
          this.#findings.report(
            id,
            `type '${formatType(target)}' does not support field selection`,
          );
        }
        return dynType;
    }
  }

  #objectField(id: number, typeName: string, field: string): Type | undefined {
    const { provider } = this.#declarations;
    if (provider.findType(typeName) === undefined) {
      this.#findings.report(id, `unexpected failed resolution of '${typeName}'`);
      return undefined;
    }
    const found = provider.findField(typeName, field);
    if (found === undefined) this.#findings.report(id, `undefined field '${field}'`);
    return found;
  }

  #call(expr: CallExpr): Expr {
    if (expr.name === '_?._') return this.#optionalSelect(expr);
    const args = expr.args.map((arg) => this.check(arg));
    if (expr.target === undefined) {
      const found = findFunction(this.#declarations, expr.name);
      if (found === undefined) return this.#undeclaredCall({ ...expr, args });
      return resolveCall(this.#findings, { ...expr, name: found.name, args }, found);
    }
    const prefix = qualifiedName(expr.target);
    const namespaced =
      prefix === undefined ? undefined : findFunction(this.#declarations, `${prefix}.${expr.name}`);
    if (namespaced !== undefined) {
      const call: CallExpr = { ...expr, target: undefined, name: namespaced.name, args };
      return resolveCall(this.#findings, call, namespaced);
    }
    const target = this.check(expr.target);
    const found = findFunction(this.#declarations, expr.name);
    if (found === undefined) return this.#undeclaredCall({ ...expr, target, args });
    return resolveCall(this.#findings, { ...expr, target, args }, found);
  }

  #undeclaredCall(call: CallExpr): Expr {
    this.#findings.undeclared(call.id, call.name);
    return this.#findings.typed(call, errorType);
  }

  #list(expr: Extract<Expr, { kind: 'list' }>): Expr {
    let joined: Type | undefined;
    const elements = expr.elements.map((element, index) => {
      const checked = this.check(element);
      const type = this.#itemType(checked, expr.optionals.includes(index));
      joined = this.#join(joined, type);
      return checked;
    });
    const element = joined ?? this.#findings.substitutions.newVariable();
    return this.#findings.typed({ ...expr, elements }, listType(element));
  }

  #map(expr: Extract<Expr, { kind: 'map' }>): Expr {
    let keys: Type | undefined;
    let values: Type | undefined;
    const entries = expr.entries.map((entry) => {
      const key = this.check(entry.key);
      keys = this.#join(keys, this.#findings.typeOf(key));
      const value = this.check(entry.value);
      values = this.#join(values, this.#itemType(value, entry.optional));
      return { ...entry, key, value };
    });
    const key = keys ?? this.#findings.substitutions.newVariable();
    const value = values ?? this.#findings.substitutions.newVariable();
    return this.#findings.typed({ ...expr, entries }, mapType(key, value));
  }

  #struct(expr: StructExpr): Expr {
    const found = this.#resolve(expr.typeName, this.#locals.get(expr.typeName));
    if (found === undefined) {
      this.#findings.undeclared(expr.id, expr.typeName);
      return this.#findings.typed(expr, errorType);
    }
    const type = this.#madeType(expr.id, found.type);
    const typeName = type.kind === 'object' ? type.name : found.name;
    const fields = expr.fields.map((field) => {
      const value = this.check(field.value);
      const declared = this.#objectField(field.id, typeName, field.name) ?? errorType;
      const given = this.#itemType(value, field.optional);
      if (!this.#findings.substitutions.assign(declared, given)) {
        const [expected, provided] = [formatType(declared), formatType(given)];
        this.#findings.report(
          field.id,
          `expected type of field '${field.name}' is '${expected}' but provided type is '${provided}'`,
        );
      }
      return { ...field, value };
    });
    return this.#findings.typed({ ...expr, typeName, fields }, type);
  }

  /** What `Name{}` makes, from the type of `Name` as an expression. */
  #madeType(id: number, named: Type): Type {
    if (named.kind === 'error') return errorType;
    if (named.kind !== 'type') {
      this.#findings.report(id, `'${declaredName(named)}' is not a type`);
      return errorType;
    }
    const of = named.of ?? dynType;
    if (of.kind === 'object') return of;
    this.#findings.report(id, `'${declaredName(of)}' is not a message type`);
    return errorType;
  }

  #comprehension(expr: ComprehensionExpr): Expr {
    const iterRange = this.check(expr.iterRange);
    const accuInit = this.check(expr.accuInit);
    const range = this.#findings.substitutions.apply(this.#findings.typeOf(iterRange), false);
    const accuType = this.#findings.typeOf(accuInit);
    const outer = this.#locals;
    const withAccu = new Map(outer).set(expr.accuVar, accuType);
    const [first, second] = this.#iterationTypes(iterRange.id, range, expr.iterVar2 !== undefined);
    const inner = new Map(withAccu).set(expr.iterVar, first);
    if (expr.iterVar2 !== undefined) inner.set(expr.iterVar2, second);
    this.#locals = inner;
    const loopCondition = this.check(expr.loopCondition);
    this.#findings.assertType(loopCondition, boolType);
    const loopStep = this.check(expr.loopStep);
    this.#findings.assertType(loopStep, accuType);
    this.#locals = withAccu;
    const result = this.check(expr.result);
    this.#locals = outer;
    const checked = { ...expr, iterRange, accuInit, loopCondition, loopStep, result };
    return this.#findings.typed(
      checked,
      this.#findings.substitutions.apply(this.#findings.typeOf(result), false),
    );
  }

  /** The types of the one or two variables of a loop. */
  #iterationTypes(id: number, range: Type, two: boolean): readonly [Type, Type] {
    switch (range.kind) {
      case 'list':
        return two ? [intType, range.element] : [range.element, errorType];
      case 'map':
        return [range.key, range.value];
      case 'dyn':
      case 'error':
      case 'param':
        this.#findings.substitutions.assign(dynType, range);
        return [dynType, dynType];
      default:
        this.#findings.report(
          id,
          `expression of type '${formatType(range)}' cannot be range of a comprehension ` +
            '(must be list, map, or dynamic)',
        );
        return [errorType, errorType];
    }
  }

  /** The type of an element; without its optional where it is marked with `?`. */
  #itemType(item: Expr, optional: boolean): Type {
    const type = this.#findings.typeOf(item);
    if (!optional) return type;
    if (!isOptionalType(type) && !isDynamic(type))
      this.#findings.mismatch(item.id, optionalType(type), type);
    return unwrapOptional(type);
  }

  /** The type of the items so far. Whether they may differ is a validator's matter. */
  #join(previous: Type | undefined, current: Type): Type {
    if (previous === undefined) return current;
    return this.#findings.substitutions.assign(previous, current)
      ? mostGeneral(previous, current)
      : dynType;
  }
}

/** `a.b.c` as one name, if it is nothing but names. */
function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') return expr.name;
  if (expr.kind !== 'select' || expr.test) return undefined;
  const operand = qualifiedName(expr.operand);
  return operand === undefined ? undefined : `${operand}.${expr.field}`;
}

/** A type's name without its parameters, as messages about names print it. */
const declaredName = (type: Type): string =>
  type.kind === 'wrapper' ? formatType(type) : typeName(type);

const unwrapOptional = (type: Type): Type =>
  isOptionalType(type) ? (type.parameters[0] ?? dynType) : type;
