/** Kubernetes' functions of semantic versions: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { boolType, intType, objectType, stringType } from '../types.ts';
import type { OpaqueValue, Value } from '../values.ts';
import { type Behaviour, costs, global, member, traverses } from './overloads.ts';
import { compareVersions, parseVersion, type Version, withoutQuirks } from './semver-text.ts';

export const semverType = objectType('kubernetes.Semver');

class Semver implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = semverType;
  readonly version: Version;

  constructor(version: Version) {
    this.version = version;
  }

  equals(other: Value): boolean {
    return other instanceof Semver && compareVersions(this.version, other.version) === 0;
  }
}

function read(text: string, normalize: boolean): Semver {
  return new Semver(parseVersion(normalize ? withoutQuirks(text) : text));
}

function onText(use: (text: string, normalize: boolean) => Value): Behaviour {
  return {
    evaluate: ([text, normalize = false]) => {
      if (typeof text !== 'string' || typeof normalize !== 'boolean') throw noSuchOverload();
      return use(text, normalize);
    },
    cost: traverses(),
  };
}

function isSemver(text: string, normalize: boolean): boolean {
  try {
    read(text, normalize);
    return true;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}

function part(name: 'major' | 'minor' | 'patch'): Library['functions'][number] {
  const evaluate = ([semver]: readonly Value[]): Value => {
    if (!(semver instanceof Semver)) throw noSuchOverload();
    return BigInt.asIntN(64, semver.version[name]);
  };
  const behaviour = { evaluate, cost: costs(1) };
  return { name, overloads: [member(`semver_${name}`, [semverType], intType, behaviour)] };
}

function compared(use: (order: number) => Value): Behaviour {
  return {
    evaluate: ([left, right]) => {
      if (!(left instanceof Semver) || !(right instanceof Semver)) throw noSuchOverload();
      return use(compareVersions(left.version, right.version));
    },
    cost: costs(1),
  };
}

const [S, B, V] = [stringType, boolType, semverType];
const [made, judged] = [onText(read), onText(isSemver)];
const less = compared((order) => order < 0);
const greater = compared((order) => order > 0);
const order = compared((each) => BigInt(each));

export const semverLibrary: Library = {
  name: 'kubernetes.Semver',
  types: [semverType],
  equalityCosts: { 'kubernetes.Semver': costs(1) },
  functions: [
    {
      name: 'semver',
      overloads: [
        global('string_to_semver', [S], V, made),
        global('string_bool_to_semver', [S, B], V, made),
      ],
    },
    {
      name: 'isSemver',
      overloads: [
        global('is_semver_string', [S], B, judged),
        global('is_semver_string_bool', [S, B], B, judged),
      ],
    },
    part('major'),
    part('minor'),
    part('patch'),
    { name: 'isLessThan', overloads: [member('semver_is_less_than', [V, V], B, less)] },
    { name: 'isGreaterThan', overloads: [member('semver_is_greater_than', [V, V], B, greater)] },
    { name: 'compareTo', overloads: [member('semver_compare_to', [V, V], intType, order)] },
  ],
};
