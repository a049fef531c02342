/** Which names an expression may use: functions, variables, constants, types. */
import type { ConstantDeclaration, FunctionDeclaration, Overload } from '../declarations.ts';
import type { Type } from '../types.ts';
import type { Value } from '../values.ts';

/** What is known about object types. Names are complete (`google.protobuf.Timestamp`). */
export interface TypeProvider {
  /** The object type of that name. */
  findType(name: string): Type | undefined;
  /** The type of a field. */
  findField(typeName: string, field: string): Type | undefined;
  /** Makes an object for `Name{field: value}`; throws CelError. */
  construct?(typeName: string, fields: ReadonlyMap<string, Value>): Value;
}

/** A function with all that libraries together declare for it. */
export interface MergedFunction {
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** All global names. */
export interface Declarations {
  readonly functions: ReadonlyMap<string, MergedFunction>;
  readonly variables: ReadonlyMap<string, Type>;
  readonly constants: ReadonlyMap<string, ConstantDeclaration>;
  /** Types that are named without a provider. */
  readonly types: ReadonlyMap<string, Type>;
  readonly provider: TypeProvider;
  /** Where names are looked for first, from the inside out (`a.b`, `a`, root). */
  readonly container: string;
}

/** Puts the overloads of functions with one name together. A later overload of one id is ignored. */
export function mergeFunctions(
  declarations: Iterable<FunctionDeclaration>,
): ReadonlyMap<string, MergedFunction> {
  const merged = new Map<string, Map<string, Overload>>();
  for (const { name, overloads } of declarations) {
    const known = merged.get(name) ?? new Map<string, Overload>();
    for (const overload of overloads) if (!known.has(overload.id)) known.set(overload.id, overload);
    merged.set(name, known);
  }
  return new Map(
    [...merged].map(([name, overloads]) => [name, { name, overloads: [...overloads.values()] }]),
  );
}

/** The full names a name may mean, in the order they are tried. */
export function candidateNames(container: string, name: string): readonly string[] {
  if (name.startsWith('.')) return [name.slice(1)];
  if (container === '') return [name];
  const parts = container.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  return [...prefixes.map((prefix) => `${prefix}.${name}`), name];
}

/** A name found. */
export interface Identifier {
  readonly name: string;
  readonly type: Type;
}

/** The global that one of the full names denotes. */
export function findGlobal(
  declarations: Declarations,
  names: readonly string[],
): Identifier | undefined {
  for (const name of names) {
    const type =
      declarations.variables.get(name) ??
      declarations.constants.get(name)?.type ??
      typeOfType(declarations.types.get(name) ?? declarations.provider.findType(name));
    if (type !== undefined) return { name, type };
  }
  return undefined;
}

/** The function one of the full names denotes. */
export function findFunction(declarations: Declarations, name: string): MergedFunction | undefined {
  for (const candidate of candidateNames(declarations.container, name)) {
    const found = declarations.functions.get(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeOfType(type: Type | undefined): Type | undefined {
  return type === undefined ? undefined : { kind: 'type', of: type };
}
