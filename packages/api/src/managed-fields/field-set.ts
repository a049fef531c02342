/**
 * Sets of fields, in the very form in which they are stored: FieldsV1. An object is a set; each property is one step of a
 * path, with what lies below it.
 *
 *   {"f:data": {}}                       the field `data`
 *   {"f:data": {"f:a": {}}}              `data.a`, but not `data` itself
 *   {"f:data": {".": {}, "f:a": {}}}     both
 *
 * Invariants: a set is never changed once built, so results share parts with their arguments; there is no node that is
 * neither a member nor has members below; steps are in upstream's order (`path-step.ts`). Every function keeps them.
 */
import { compareSteps } from './path-step.ts';

export type FieldSet = { readonly [step: string]: FieldSet };

/** A member with nothing below it; as a whole set, the empty set. */
export const leaf: FieldSet = Object.freeze({});

export const emptySet: FieldSet = leaf;

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

/** A node that is not the root: whether its own path is in the set. */
function isMember(node: FieldSet): boolean {
  return node['.'] !== undefined || isEmptySet(node);
}

/**
 * Collects the parts of a node. `finish` gives undefined when there is nothing: such a node must not be in a set.
 */
export class NodeBuilder {
  #children: Record<string, FieldSet> | undefined;
  #last = '';
  #ordered = true;

  /** Steps may come in any order, each once. */
  add(step: string, node: FieldSet | undefined): void {
    if (node === undefined) return;
    this.#children ??= {};
    this.#ordered &&= this.#last === '' || compareSteps(this.#last, step) < 0;
    this.#last = step;
    this.#children[step] = node;
  }

  finish(member: boolean): FieldSet | undefined {
    if (this.#children === undefined) return member ? leaf : undefined;
    const children = this.#ordered ? this.#children : sorted(this.#children);
    return member ? { '.': leaf, ...children } : children;
  }

  /** As a whole set, which may be empty. */
  finishRoot(): FieldSet {
    return this.finish(false) ?? emptySet;
  }
}

function sorted(children: Readonly<Record<string, FieldSet>>): Record<string, FieldSet> {
  const out: Record<string, FieldSet> = {};
  for (const step of sortedSteps(Object.keys(children))) {
    const child = children[step];
    if (child !== undefined) out[step] = child;
  }
  return out;
}

/** By insertion: most nodes have few members, and those are nearly in order. */
function sortedSteps(steps: string[]): readonly string[] {
  if (steps.length > 16) return steps.sort(compareSteps);
  for (let i = 1; i < steps.length; i++) {
    const step = steps[i] ?? '';
    let at = i;
    for (; at > 0 && compareSteps(steps[at - 1] ?? '', step) > 0; at--) {
      steps[at] = steps[at - 1] ?? '';
    }
    steps[at] = step;
  }
  return steps;
}

/** What is in either. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  return isEmptySet(a) ? b : (joinNodes(a, b, false) ?? emptySet);
}

function joinNodes(a: FieldSet, b: FieldSet, member: boolean): FieldSet | undefined {
  const builder = new NodeBuilder();
  for (const step in a) {
    const left = a[step];
    const right = b[step];
    if (step === '.' || left === undefined) continue;
    builder.add(step, right === undefined ? left : joinChild(left, right));
  }
  for (const step in b) if (step !== '.' && a[step] === undefined) builder.add(step, b[step]);
  return builder.finish(member);
}

function joinChild(a: FieldSet, b: FieldSet): FieldSet | undefined {
  return a === b ? a : joinNodes(a, b, isMember(a) || isMember(b));
}

/** What is in both. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return a === b ? a : (meetNodes(a, b, false) ?? emptySet);
}

function meetNodes(a: FieldSet, b: FieldSet, member: boolean): FieldSet | undefined {
  const builder = new NodeBuilder();
  for (const step in a) {
    const left = a[step];
    const right = b[step];
    if (step === '.' || left === undefined || right === undefined) continue;
    builder.add(step, meetNodes(left, right, isMember(left) && isMember(right)));
  }
  return builder.finish(member);
}

/** What is in the first and not in the second. Fields below a field of the second stay. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return isEmptySet(b) || isEmptySet(a) ? a : (lessNodes(a, b, false, 'members') ?? emptySet);
}

/** As `difference`, but what lies below a field of the second goes with it. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  return isEmptySet(b) || isEmptySet(a) ? a : (lessNodes(a, b, false, 'subtrees') ?? emptySet);
}

function lessNodes(
  a: FieldSet,
  b: FieldSet,
  member: boolean,
  remove: 'members' | 'subtrees',
): FieldSet | undefined {
  const builder = new NodeBuilder();
  for (const step in a) {
    const left = a[step];
    const right = b[step];
    if (step === '.' || left === undefined) continue;
    if (right === undefined) builder.add(step, left);
    else if (remove === 'members' || !isMember(right)) {
      builder.add(step, lessNodes(left, right, isMember(left) && !isMember(right), remove));
    }
  }
  return builder.finish(member);
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  let steps = 0;
  for (const step in a) {
    const left = a[step];
    const right = b[step];
    if (left === undefined || right === undefined || !equalSets(left, right)) return false;
    steps++;
  }
  for (const _ in b) steps--;
  return steps === 0;
}

/** Whether a path, given by its steps, is in the set. */
export function hasPath(set: FieldSet, path: readonly string[]): boolean {
  let node: FieldSet | undefined = set;
  for (const step of path) node = node?.[step];
  return node !== undefined && path.length > 0 && isMember(node);
}

/** A set of paths, given by their steps. */
export function setOfPaths(paths: readonly (readonly string[])[]): FieldSet {
  return paths.reduce<FieldSet>((set, path) => union(set, pathNode(path)), emptySet);
}

function pathNode(path: readonly string[]): FieldSet {
  return path.reduceRight<FieldSet>((below, step) => ({ [step]: below }), leaf);
}

/** Every path of the set, by its steps, in order. */
export function* pathsOf(set: FieldSet): Generator<readonly string[]> {
  for (const step in set) {
    const node = set[step];
    if (step === '.' || node === undefined) continue;
    if (isMember(node)) yield [step];
    for (const below of pathsOf(node)) yield [step, ...below];
  }
}
