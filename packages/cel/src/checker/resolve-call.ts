/** Which overloads of a function a call may mean, from the types of its arguments. */
import type { CallExpr, Expr } from '../ast.ts';
import type { Overload } from '../declarations.ts';
import {
  boolType,
  dynType,
  errorType,
  formatType,
  isDynamic,
  listType,
  mapType,
  opaqueType,
  type Type,
  typesEqual,
} from '../types.ts';
import type { Findings } from './findings.ts';
import type { MergedFunction } from './scope.ts';
import type { Substitutions } from './unify.ts';

/** Gives a call, whose arguments are checked, its overloads and its type. */
export function resolveCall(findings: Findings, call: CallExpr, declared: MergedFunction): Expr {
  if (call.name === '_&&_' || call.name === '_||_') return logical(findings, call, declared);
  const parts = call.target === undefined ? call.args : [call.target, ...call.args];
  const given = parts.map((part) => findings.typeOf(part));
  const fitting: Overload[] = [];
  let result: Type | undefined;
  for (const overload of declared.overloads) {
    if (overload.receiver !== (call.target !== undefined)) continue;
    const { args, result: promised } = instantiate(overload, findings.substitutions);
    if (!findings.substitutions.assignAll(given, args)) continue;
    fitting.push(overload);
    const type = findings.substitutions.apply(promised, false);
    if (result === undefined) result = type;
    else if (!isDynamic(result) && !typesEqual(result, type)) result = dynType;
  }
  if (result === undefined) {
    const texts = given.map((type) => formatType(findings.substitutions.apply(type, true)));
    const receiver = call.target === undefined ? '' : `${texts.shift() ?? ''}.`;
    const signature = `${receiver}(${texts.join(', ')})`;
    const message = `found no matching overload for '${declared.name}' applied to '${signature}'`;
    findings.report(call.id, message);
    return findings.typed(call, errorType);
  }
  findings.setOverloads(call, fitting);
  return findings.typed(call, result);
}

function logical(findings: Findings, call: CallExpr, declared: MergedFunction): Expr {
  let fits = true;
  for (const arg of call.args) {
    if (findings.substitutions.assign(findings.typeOf(arg), boolType)) continue;
    findings.mismatch(arg.id, boolType, findings.typeOf(arg));
    fits = false;
  }
  findings.setOverloads(call, declared.overloads);
  return findings.typed(call, fits ? boolType : errorType);
}

/** The overload's types with type parameters of its own. */
function instantiate(
  overload: Overload,
  substitutions: Substitutions,
): { args: readonly Type[]; result: Type } {
  const fresh = new Map<string, Type>();
  const renew = (type: Type): Type => {
    switch (type.kind) {
      case 'param': {
        const known = fresh.get(type.name) ?? substitutions.newVariable();
        fresh.set(type.name, known);
        return known;
      }
      case 'list':
        return listType(renew(type.element));
      case 'map':
        return mapType(renew(type.key), renew(type.value));
      case 'opaque':
        return opaqueType(type.name, ...type.parameters.map(renew));
      case 'type':
        return type.of === undefined ? type : { kind: 'type', of: renew(type.of) };
      default:
        return type;
    }
  };
  return { args: overload.args.map(renew), result: renew(overload.result) };
}
