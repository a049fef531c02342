/**
 * PATCH: the new object is made from the current one, as often as it takes. A patch is read when there is something to apply
 * it to, because a missing object is said before a patch that makes no sense.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { invalid as invalidField } from '@navarch/api/field-error';
import { applyJsonPatch, readJsonPatch } from '@navarch/api/patch/json';
import { applyMergePatch, readMergePatch } from '@navarch/api/patch/merge';
import { applyStrategicPatch, readStrategicPatch } from '@navarch/api/patch/strategic';
import { failure, invalid, unsupportedMediaType } from '@navarch/api/status';
import { goValue } from '@navarch/codec/go/text';
import type { ObjectForm } from '../registry/object-form.ts';
import { fromStored, type Resource, toStored } from '../registry/resource.ts';
import { updateObject } from '../registry/update.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import { parseWriteOptions, type WriteOptions } from '../request/write-options.ts';
import { applyPatch } from './apply.ts';
import type { Call } from './call.ts';
import { sortMembers } from './clone.ts';
import { completeObject, patchText } from './patch-target.ts';
import { type PatchedType, typeOfPatched } from './patched-type.ts';
import { answerWith, outputForm } from './present.ts';
import { encodeJson } from '@navarch/codec/json';
import { placed, updateOf } from './update.ts';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';
export type MergingType = Exclude<PatchType, 'apply'>;

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

const customPatchTypes = Object.keys(patchTypes).filter((type) => patchTypes[type] !== 'strategic');

/** Throws 415 for what is no patch, or none that the kind has: merging by type needs types. */
export function patchTypeOf(
  request: ApiRequest,
  { custom }: Pick<ObjectForm, 'custom'>,
): PatchType {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const known = patchTypes[type];
  if (known && !(custom && known === 'strategic')) return known;
  if (custom) throw unsupportedMediaType(customPatchTypes);
  throw failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

export async function patch(call: Call): Promise<ApiResponse> {
  const { resource, request } = call;
  const type = patchTypeOf(request, resource.form);
  const form = outputForm(call);
  const options = parseWriteOptions('PatchOptions', request.query, type === 'apply');
  if (type === 'apply') return applyPatch(call, form, options);
  const patcher = await createPatcher(call, type, options, resource.form);
  const updated = await updateObject(resource, {
    ...updateOf(call, options),
    change: (current) => patcher(requireCurrent(current)),
    uid: undefined,
    mayCreate: false,
  });
  return answerWith(call, updated.created ? 201 : 200, updated.object, form);
}

function requireCurrent(current: KubernetesObject | undefined): KubernetesObject {
  if (!current) throw new Error('a patch needs something to patch');
  return current;
}

export type Patcher = (current: KubernetesObject) => KubernetesObject;

/** Reads the body now and the patch in it later. */
export async function createPatcher(
  call: Call,
  type: MergingType,
  options: WriteOptions,
  target: ObjectForm,
): Promise<Patcher> {
  const text = await patchText(call.request);
  call.audit?.bringsText(() => text);
  let apply: Apply | undefined;
  return (current) => {
    apply ??= readPatch(type, text, options, target);
    const patched = apply.to(current);
    const object = decodePatched(call, patched, apply, options, target);
    return placed(call, object);
  };
}

interface Apply {
  to(current: KubernetesObject): unknown;
  readonly problems: readonly string[];
  /** What an error shows as the value of `patch`: upstream shows the result of some types, and of others the patch itself. */
  shown(patched: unknown): string;
  readonly isStrategic: boolean;
}

function readPatch(
  type: MergingType,
  text: string,
  options: WriteOptions,
  target: ObjectForm,
): Apply {
  const mode = options.fieldValidation === 'Ignore' ? 'lenient' : 'strict';
  const shown = (patched: unknown): string => encodeJson(patched);
  switch (type) {
    case 'json': {
      const { operations, problems } = readJsonPatch(text, mode);
      const to = (current: KubernetesObject): unknown => applyJsonPatch(current, operations);
      return { to, problems, shown, isStrategic: false };
    }
    case 'merge': {
      const { patch, problems } = readMergePatch(text, mode);
      const to = (current: KubernetesObject): unknown => applyMergePatch(current, patch);
      return { to, problems, shown, isStrategic: false };
    }
    case 'strategic': {
      const { patch, problems } = readStrategicPatch(text);
      const to = (current: KubernetesObject): unknown =>
        applyStrategicPatch(target.schema, { ...current }, patch);
      return { to, problems, shown: () => goValue(patch), isStrategic: true };
    }
    default:
      return type satisfies never;
  }
}

/** From what a patch left to an object of the kind, with its defaults. */
function decodePatched(
  call: Call,
  patched: unknown,
  apply: Apply,
  options: WriteOptions,
  form: ObjectForm,
): KubernetesObject {
  const refuse = (message: string): Error => {
    const error = invalidField('patch', apply.shown(patched), message);
    return invalid({ group: '', kind: '' }, '', [error]);
  };
  const asServed: PatchedType = { kind: 'served' };
  const type = apply.isStrategic || form.custom ? asServed : typeOfPatched(patched, form);
  if (type.kind === 'refused') throw refuse(type.message);
  const other = otherVersion(call, type, form);
  const read = other?.form ?? form;
  const document = type.kind === 'internal' ? type.value : patched;
  const decoded = read.decode(document, apply.isStrategic ? 'converter' : 'decoder');
  if (decoded.error !== undefined) throw refuse(decoded.error);
  const unknown = unknownFields(read, document, decoded.problems);
  const ofType = type.kind === 'internal' ? type.problems : [];
  const problems = [...apply.problems, ...ofType, ...unknown];
  if (problems.length > 0 && options.fieldValidation === 'Strict') {
    throw refuse(`strict decoding error: ${problems.join(', ')}`);
  }
  if (options.fieldValidation === 'Warn') {
    for (const problem of problems) call.context.warn(problem);
  }
  const object = completeObject(decoded.value, read);
  return other ? fromStored(call.resource, toStored(other, object)) : object;
}

/** A patch may leave the object as another version of its kind has it. */
function otherVersion(
  { resource }: Call,
  type: PatchedType,
  form: ObjectForm,
): Resource | undefined {
  if (type.kind !== 'served' || form !== resource.form) return undefined;
  const { apiVersion = form.apiVersion } = type;
  return apiVersion === form.apiVersion ? undefined : resource.versions.get(apiVersion);
}

/** Upstream's patch libraries sort the members of what they make, and so unknown fields are met in that order. */
function unknownFields(
  form: ObjectForm,
  patched: unknown,
  found: readonly string[],
): readonly string[] {
  return found.length < 2 ? found : form.decode(sortMembers(patched)).problems;
}
