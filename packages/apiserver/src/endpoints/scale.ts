/** The scale of an object: how many of it there are, in a form that is the same for every kind that has one. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ScaleSubresource } from '@navarch/api/extension/resource';
import { applyConfiguration } from '@navarch/api/patch/apply/apply';
import {
  scaleEntries,
  scaleVersion,
  withScaleEntries,
} from '@navarch/api/patch/apply/scale-owners';
import { structOf } from '@navarch/api/schema/registry';
import { notFound, unknownReason } from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import { typedForm, type ObjectForm } from '../registry/object-form.ts';
import { readyOf, valueOf } from '../registry/resource.ts';
import { updateObject } from '../registry/update.ts';
import type { ApiResponse } from '../request/request.ts';
import { parseWriteOptions, type WriteOptions } from '../request/write-options.ts';
import { objectKey } from '../watch-cache/tree.ts';
import { readObject } from './body.ts';
import type { Call } from './call.ts';
import { scaled, scaleOf, scaleSchema } from './scale-object.ts';
import { createPatcher, patchTypeOf } from './patch.ts';
import { decodeApplied, describe, readConfiguration, type Configuration } from './apply.ts';
import type { OutputForm } from './negotiate.ts';
import { completeObject } from './patch-target.ts';
import { answerWith, outputForm } from './present.ts';
import { placed, updateOf } from './update.ts';

function scaleForm(): ObjectForm {
  return typedForm(structOf(scaleSchema));
}

export async function getScale(
  call: Call,
  scale: ScaleSubresource<KubernetesObject>,
): Promise<ApiResponse> {
  const { resource, info } = call;
  const form = outputForm(call);
  const entry = resource.stored.storage?.cache.get(objectKey(info.namespace, info.name));
  if (!entry) throw notFound(resource.groupResource, info.name);
  await readyOf(resource, entry);
  return answerWith(call, 200, scaleOf(scale, valueOf(resource, entry)), form);
}

export async function updateScale(
  call: Call,
  scale: ScaleSubresource<KubernetesObject>,
): Promise<ApiResponse> {
  const { request, context } = call;
  const form = outputForm(call);
  const options = parseWriteOptions('UpdateOptions', request.query);
  const warn = (message: string): void => context.warn(message);
  const submitted = await readObject(request, scaleForm(), options.fieldValidation, warn);
  call.audit?.brings(submitted);
  placed(call, submitted);
  return change(call, scale, options, form, () => submitted);
}

export async function patchScale(
  call: Call,
  scale: ScaleSubresource<KubernetesObject>,
): Promise<ApiResponse> {
  const { request } = call;
  const type = patchTypeOf(request, call.resource.form);
  const form = outputForm(call);
  const options = parseWriteOptions('PatchOptions', request.query, type === 'apply');
  if (type === 'apply') return applyScale(call, scale, options, form);
  const patcher = await createPatcher(call, type, options, scaleForm());
  return change(call, scale, options, form, (current) =>
    patcher(scaleOf(scale, current, 'zero').value()),
  );
}

async function change(
  call: Call,
  scale: ScaleSubresource<KubernetesObject>,
  options: WriteOptions,
  form: OutputForm,
  next: (current: KubernetesObject) => KubernetesObject,
): Promise<ApiResponse> {
  const updated = await updateObject(call.resource, {
    ...updateOf(call, options),
    change: (current) => (current ? scaled(scale, current, next(current)) : missing(call)),
    uid: undefined,
    mayCreate: false,
  });
  await updated.object.ready?.();
  return answerWith(call, 200, scaleOf(scale, updated.object.value()), form);
}

/** A configuration for the scale: it owns the number of replicas of the object. */
async function applyScale(
  call: Call,
  scale: ScaleSubresource<KubernetesObject>,
  options: WriteOptions,
  form: OutputForm,
): Promise<ApiResponse> {
  const { resource, context } = call;
  const objectForm = scaleForm();
  const { schema } = objectForm;
  const read = await readConfiguration(call, options, objectForm);
  const write = updateOf(call, options);
  const updated = await updateObject(resource, {
    ...write,
    ...(write.client && { client: { ...write.client, ownersSettled: true } }),
    change: (current) => {
      if (!current) return missing(call);
      const { managedFields = [], ...metadata } = current.metadata;
      const config = read.config();
      const live = scaleOf(scale, current, 'zero').value();
      const owned = {
        ...live.metadata,
        managedFields: scaleEntries(managedFields, scale.replicasPath),
      };
      const applied = applyConfiguration({
        manager: options.fieldManager,
        apiVersion: scaleVersion,
        subresource: call.info.subresource,
        time: formatTime(context.nowMs),
        schema,
        live: { ...live, metadata: owned },
        config,
        force: options.force,
      });
      if (resource.form.custom) throw noWayBack(config);
      const submitted = completeObject(
        decodeApplied(applied.object, config, objectForm),
        objectForm,
      );
      read.checkKeys();
      const entries = withScaleEntries(managedFields, applied.managedFields, resource.apiVersion);
      const object = scaled(scale, { ...current, metadata }, submitted);
      return { ...object, metadata: { ...object.metadata, managedFields: entries } };
    },
    uid: undefined,
    mayCreate: false,
  });
  await updated.object.ready?.();
  return answerWith(call, 200, scaleOf(scale, updated.object.value()), form);
}

/** Upstream's converter of custom kinds knows no scales. */
function noWayBack(config: Configuration): Error {
  const reason = `request to convert CR to an invalid group/version: ${scaleVersion}`;
  const message = `failed to convert new object (${describe(config)}) to proper version: ${reason}`;
  return unknownReason(message);
}

function missing({ resource, info }: Call): never {
  throw notFound(resource.groupResource, info.name);
}
