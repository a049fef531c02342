/**
 * JSON patch (RFC 6902) with the liberties that upstream's library takes: `replace` of a missing member adds it, `copy` of
 * one copies null, indexes may be negative, and the part of a path before its first slash does not count. Operations that
 * fail all give the same answer, code 422; the cause says which. Never changes its arguments.
 */
import { encodeJson, NumberLiteral } from '@navarch/codec/json';
import { badRequest, genericServerResponse, failure, type StatusError } from '../status.ts';
import { sameJson } from '../managed-fields/compare.ts';
import { isObject, jsonKind, readPatch, withMember, without, type Members } from './read.ts';

export interface JsonPatch {
  readonly operations: readonly Members[];
  /** What strict validation refuses in the patch itself. */
  readonly problems: readonly string[];
}

export const operationsMax = 10_000;
/** What all copies of one patch may add up to, in characters of JSON. */
export const copiedSizeMax = 3 * 1024 * 1024;

const known: ReadonlySet<string> = new Set(['op', 'path', 'from', 'value']);

/** Reads a patch; `strict` is for field validation Warn and Strict. Throws a StatusError. */
export function readJsonPatch(text: string, mode: 'strict' | 'lenient'): JsonPatch {
  const { value, duplicates } = readOperations(text, mode);
  const operations = asOperations(value, mode);
  if (operations.length > operationsMax) throw tooManyOperations(operations.length);
  if (mode === 'lenient') return { operations, problems: [] };
  operations.forEach(checkMembers);
  const problems = [
    ...duplicates.map((path) => `json patch duplicate field "${path}"`),
    ...operations.flatMap((operation, i) =>
      Object.keys(operation)
        .filter((key) => !known.has(key))
        .map((key) => `json patch unknown field "[${i}].${key}"`),
    ),
  ];
  return { operations, problems };
}

function readOperations(text: string, mode: 'strict' | 'lenient') {
  try {
    return readPatch(text);
  } catch (error) {
    if (mode === 'lenient' || !(error instanceof Error)) throw error;
    throw badRequest(`error decoding patch: ${error.message}`);
  }
}

function asOperations(value: unknown, mode: 'strict' | 'lenient'): readonly Members[] {
  const strict = mode === 'strict';
  const prefix = strict ? 'error decoding patch: ' : '';
  const wrong = (what: unknown, type: string): StatusError =>
    badRequest(`${prefix}json: cannot unmarshal ${jsonKind(what)} into Go value of type ${type}`);
  if (value === null) return [];
  if (!Array.isArray(value))
    throw wrong(value, strict ? '[]handlers.jsonPatchOp' : 'jsonpatch.Patch');
  return value.map((item: unknown) => {
    if (isObject(item)) return item;
    // One without members, which cannot be done.
    if (item === null) return {};
    throw wrong(item, strict ? 'handlers.jsonPatchOp' : 'jsonpatch.Operation');
  });
}

function checkMembers(operation: Members): void {
  for (const name of ['op', 'path', 'from']) {
    const value = operation[name] ?? '';
    if (typeof value === 'string') continue;
    const field = `jsonPatchOp.${name}`;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${jsonKind(value)} into Go struct field ${field} of type string`,
    );
  }
}

function tooManyOperations(count: number): StatusError {
  const message = `Request entity too large: The allowed maximum operations in a JSON patch is ${operationsMax}, got ${count}`;
  return failure(413, 'RequestEntityTooLarge', message);
}

/** An operation that cannot be done; `applyJsonPatch` turns it into the answer. */
export class OperationError extends Error {}

/** Applies all operations or none. Throws a StatusError. */
export function applyJsonPatch(document: unknown, operations: readonly Members[]): unknown {
  let result = document;
  const budget = { left: copiedSizeMax };
  try {
    for (const operation of operations) result = applyOperation(result, operation, budget);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    throw genericServerResponse({ code: 422, serverMessage: error.message });
  }
  return result;
}

/** One operation of a patch that was read. Throws an `OperationError` when it cannot be done. */
export function applyOperation(
  document: unknown,
  operation: Members,
  budget: { left: number } = { left: copiedSizeMax },
): unknown {
  const path = pointer(operation, 'path');
  const value = operation['value'] ?? null;
  switch (operation['op']) {
    case 'add':
      return change(document, path, (container, key) => added(container, key, value));
    case 'remove':
      return change(document, path, removed);
    case 'replace':
      return path === ''
        ? newRoot(value)
        : change(document, path, (container, key) => replaced(container, key, value));
    case 'move':
      return move(document, pointer(operation, 'from'), path);
    case 'copy':
      return copy(document, pointer(operation, 'from'), path, budget);
    case 'test':
      return test(document, path, value);
    default:
      throw new OperationError(`Unexpected kind: ${String(operation['op'])}`);
  }
}

function pointer(operation: Members, name: 'path' | 'from'): string {
  const value = operation[name];
  if (typeof value === 'string') return value;
  throw new OperationError(`operation missing ${name} field`);
}

function newRoot(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !(value instanceof NumberLiteral))
    return value;
  throw new OperationError('replace operation value must be object or array');
}

function move(document: unknown, from: string, path: string): unknown {
  const value = read(document, from);
  const rest = change(document, from, removed);
  return change(rest, path, (container, key) => added(container, key, value));
}

function copy(document: unknown, from: string, path: string, budget: { left: number }): unknown {
  const value = read(document, from) ?? null;
  budget.left -= encodeJson(value).length;
  if (budget.left < 0)
    throw new OperationError('unable to copy, the accumulated size is too large');
  return change(document, path, (container, key) => added(container, key, value));
}

function test(document: unknown, path: string, value: unknown): unknown {
  const found = path === '' ? document : read(document, path);
  if (sameValue(found ?? null, value)) return document;
  throw new OperationError(`testing value ${path} failed`);
}

function sameValue(a: unknown, b: unknown): boolean {
  return sameJson(plain(a), plain(b));
}

function plain(value: unknown): unknown {
  return value instanceof NumberLiteral ? value.value : value;
}

/** The steps of a pointer; undefined when there is not even one. */
function stepsOf(path: string): readonly string[] | undefined {
  const [, ...steps] = path.split('/');
  return steps.length === 0 ? undefined : steps.map(unescapeStep);
}

/** In one pass: `~01` is `~1`, not a slash. */
function unescapeStep(step: string): string {
  return step.replace(/~[01]/g, (escape) => (escape === '~1' ? '/' : '~'));
}

function read(document: unknown, path: string): unknown {
  const steps = stepsOf(path);
  if (!steps) throw missing(path);
  const last = steps.length - 1;
  return steps.reduce<unknown>((at, step, i) => {
    if (!isContainer(at)) throw missing(path);
    const value = member(at, step);
    if (i < last && !isContainer(value)) throw missing(path);
    return value;
  }, document);
}

type Container = Members | readonly unknown[];

/** Copies the containers on the way to the end of the path, and changes the last of them. */
function change(
  document: unknown,
  path: string,
  edit: (container: Container, key: string) => Container,
): unknown {
  const steps = stepsOf(path);
  if (!steps) throw missing(path);
  return changeAt(document, steps, 0, path, edit);
}

function changeAt(
  at: unknown,
  steps: readonly string[],
  depth: number,
  path: string,
  edit: (container: Container, key: string) => Container,
): Container {
  if (!isContainer(at)) throw missing(path);
  const step = steps[depth] ?? '';
  if (depth === steps.length - 1) return edit(at, step);
  const inner = changeAt(member(at, step), steps, depth + 1, path, edit);
  return isList(at) ? at.with(indexOf(at, step), inner) : withMember(at, step, inner);
}

function missing(path: string): OperationError {
  return new OperationError(`${path} is missing`);
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !(value instanceof NumberLiteral);
}

function isList(container: Container): container is readonly unknown[] {
  return Array.isArray(container);
}

/** Undefined for a member that is not there; an index that is not there is an error. */
function member(container: Container, step: string): unknown {
  if (isList(container)) return container[indexOf(container, step)];
  return Object.hasOwn(container, step) ? container[step] : undefined;
}

function indexOf(list: readonly unknown[], step: string, size = list.length): number {
  if (!/^[+-]?[0-9]+$/.test(step)) {
    throw new OperationError(`value was not a proper array index: '${step}'`);
  }
  const index = Number(step);
  if (index >= size || index < -size) {
    throw new OperationError(`Unable to access invalid index: ${step}`);
  }
  return index < 0 ? index + size : index;
}

function added(container: Container, key: string, value: unknown): Container {
  if (!isList(container)) return withMember(container, key, value);
  if (key === '-') return [...container, value];
  return container.toSpliced(indexOf(container, key, container.length + 1), 0, value);
}

function replaced(container: Container, key: string, value: unknown): Container {
  if (isList(container)) return container.with(indexOf(container, key), value);
  return withMember(container, key, value);
}

function removed(container: Container, key: string): Container {
  if (isList(container)) return container.toSpliced(indexOf(container, key), 1);
  if (Object.hasOwn(container, key)) return without(container, key);
  throw new OperationError(`Unable to remove nonexistent key: ${key}`);
}
