/**
 * Whether one type can stand for another, and what that says about type parameters.
 *
 * Rules: https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking, with
 * cel-go's treatment of null and wrappers.
 */
import {
  dynType,
  isDynamic,
  listType,
  mapType,
  opaqueType,
  type Type,
  typeName,
  typeParameters,
  typesEqual,
  typeType,
} from '../types.ts';

/** What type parameters have come to mean so far. */
export class Substitutions {
  readonly #bound = new Map<string, Type>();
  /** What to put back if the current attempt fails, oldest first. */
  #undo: [name: string, before: Type | undefined][] = [];
  #free = 0;

  /** A type nothing is known of yet. */
  newVariable(): Type {
    const name = `_var${this.#free}`;
    this.#free += 1;
    return { kind: 'param', name };
  }

  /** Whether `from` may be used where `to` is asked for, or the other way; remembers what it takes. */
  assign(to: Type, from: Type): boolean {
    return this.#tried(() => this.#assignable(to, from));
  }

  /** The same for all arguments of a call at once. */
  assignAll(to: readonly Type[], from: readonly Type[]): boolean {
    return this.#tried(() => this.#allAssignable(to, from));
  }

  /** The type with all that is known put in; what stays unknown becomes dyn if asked for. */
  apply(type: Type, unknownToDyn: boolean): Type {
    const inner = (part: Type): Type => this.apply(part, unknownToDyn);
    switch (type.kind) {
      case 'param': {
        const bound = this.#bound.get(type.name);
        if (bound !== undefined) return inner(bound);
        return unknownToDyn ? dynType : type;
      }
      case 'opaque':
        return type.parameters.length === 0
          ? type
          : opaqueType(type.name, ...type.parameters.map(inner));
      case 'list':
        return listType(inner(type.element));
      case 'map':
        return mapType(inner(type.key), inner(type.value));
      case 'type':
        return type.of === undefined ? type : typeType(inner(type.of));
      default:
        return type;
    }
  }

  #tried(attempt: () => boolean): boolean {
    this.#undo = [];
    if (attempt()) return true;
    for (const [name, before] of this.#undo.reverse()) {
      if (before === undefined) this.#bound.delete(name);
      else this.#bound.set(name, before);
    }
    return false;
  }

  #bind(name: string, type: Type): void {
    this.#undo.push([name, this.#bound.get(name)]);
    this.#bound.set(name, type);
  }

  #allAssignable(left: readonly Type[], right: readonly Type[]): boolean {
    if (left.length !== right.length) return false;
    return left.every((type, index) => this.#assignable(type, right[index] ?? dynType));
  }

  #assignable(left: Type, right: Type): boolean {
    if (right.kind === 'param') {
      const { valid, bound } = this.#substitutes(left, right);
      if (valid) return true;
      if (bound) return false;
    }
    if (left.kind === 'param') return this.#substitutes(right, left).valid;
    if (isDynamicOrError(left) || isDynamicOrError(right)) return true;
    if (left.kind === 'null') return isNullable(right);
    if (right.kind === 'null') return isNullable(left);
    const [one, other] = [unwrapped(left), unwrapped(right)];
    if (one.kind !== other.kind) return false;
    switch (one.kind) {
      case 'type':
        return true;
      case 'opaque':
      case 'list':
      case 'map':
        return (
          typeName(one) === typeName(other) &&
          this.#allAssignable(typeParameters(one), typeParameters(other))
        );
      default:
        return typesEqual(one, other);
    }
  }

  /** Whether `type` can be what the parameter stands for, which it does from then on. */
  #substitutes(type: Type, param: Extract<Type, { kind: 'param' }>): Substitution {
    if (typesEqual(type, param)) return { valid: true, bound: true };
    const bound = this.#bound.get(param.name);
    if (bound !== undefined) {
      if (typesEqual(type, bound)) return { valid: true, bound: true };
      if (!this.#assignable(type, bound)) return { valid: false, bound: true };
      const general = mostGeneral(type, bound);
      if (!this.#occurs(param, general)) this.#bind(param.name, general);
      return { valid: true, bound: true };
    }
    if (this.#occurs(param, type)) return { valid: false, bound: false };
    this.#bind(param.name, type);
    return { valid: true, bound: false };
  }

  #occurs(param: Extract<Type, { kind: 'param' }>, within: Type): boolean {
    if (typesEqual(param, within)) return true;
    if (within.kind === 'param') {
      const bound = this.#bound.get(within.name);
      return bound !== undefined && this.#occurs(param, bound);
    }
    return typeParameters(within).some((part) => this.#occurs(param, part));
  }
}

interface Substitution {
  readonly valid: boolean;
  /** Whether the parameter stood for something already. */
  readonly bound: boolean;
}

/** The less specific of two types that go together. */
export function mostGeneral(left: Type, right: Type): Type {
  return isLessSpecific(left, right) ? left : right;
}

function isLessSpecific(left: Type, right: Type): boolean {
  if (isDynamic(left) || left.kind === 'param') return true;
  if (isDynamic(right) || right.kind === 'param') return false;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'opaque':
    case 'list':
    case 'map': {
      const others = typeParameters(right);
      const parts = typeParameters(left);
      return (
        typeName(left) === typeName(right) &&
        parts.length === others.length &&
        parts.every((part, index) => isLessSpecific(part, others[index] ?? dynType))
      );
    }
    case 'type':
      return true;
    default:
      return typesEqual(left, right);
  }
}

const unwrapped = (type: Type): Type => (type.kind === 'wrapper' ? type.of : type);

const isDynamicOrError = (type: Type): boolean => isDynamic(type) || type.kind === 'error';

function isNullable(type: Type): boolean {
  switch (type.kind) {
    case 'null':
    case 'wrapper':
    case 'opaque':
    case 'object':
    case 'duration':
    case 'timestamp':
      return true;
    default:
      return false;
  }
}
