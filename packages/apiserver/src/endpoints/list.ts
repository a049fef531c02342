/** GET of a collection. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { listEntries, type ListResult } from '../registry/list.ts';
import { readyOf, valueOf } from '../registry/resource.ts';
import { selectsObject } from '../registry/select.ts';
import { parseListOptions } from '../request/list-options.ts';
import type { ApiBody, ApiResponse } from '../request/request.ts';
import type { Revision } from '@navarch/store/store';
import { answerList, headersOf } from './answer.ts';
import type { Call } from './call.ts';
import {
  customListBody,
  entryListBody,
  listMetaOf,
  valueListBody,
  withoutType,
  type ListMeta,
} from './list-body.ts';
import { partialMetadata } from './metadata.ts';
import type { OutputForm } from './negotiate.ts';
import { answerOptions, outputForm, tableOf, wrongForm } from './present.ts';
import { selectionOf } from './selection.ts';
import { includeObjectOf, tableHead, tableRow } from './table.ts';

export async function list(call: Call): Promise<ApiResponse> {
  const { resource, request, surroundings } = call;
  const form = outputForm(call);
  const options = parseListOptions(request.query);
  const selection = selectionOf(call, options, 'list');
  const { storage } = resource.stored;
  if (!storage) {
    const all = (await resource.definition.answerRead?.(call.context)) ?? [];
    const objects = all.filter((object) => selectsObject(selection, object));
    return answerObjects(call, objects, {}, form);
  }
  const result = await listEntries(storage, surroundings.store, selection, options);
  return answerEntries(call, result, form);
}

/** Also what deleting a collection answers with. */
export function answerEntries(
  call: Call,
  result: ListResult,
  form: OutputForm,
): ApiResponse | Promise<ApiResponse> {
  const { resource } = call;
  if (form.transform.kind === 'none' && resource.stored === resource && !resource.form.custom) {
    if (form.encoding === 'protobuf') return protobufEntries(call, result, form);
    return answerList(entryListBody(resource, result), answerOptions(call, form));
  }
  const answer = (): ApiResponse | Promise<ApiResponse> => {
    const objects = result.entries.map((entry) => valueOf(resource, entry));
    return answerObjects(call, objects, listMetaOf(result), form);
  };
  if (!resource.form.custom?.fromOther) return answer();
  return Promise.all(result.entries.flatMap((entry) => readyOf(resource, entry) ?? [])).then(
    answer,
  );
}

async function protobufEntries(
  call: Call,
  result: ListResult,
  form: OutputForm,
): Promise<ApiResponse> {
  const { entryList } = await import('./protobuf/list.ts');
  const body = await entryList(call, result);
  call.audit?.answersList(entryListBody(call.resource, result));
  return { status: 200, headers: headersOf(answerOptions(call, form)), body };
}

/** The result of a list that nothing remains of. */
export function emptyResult(revision: Revision): ListResult {
  return { entries: [], revision, continueToken: '', remainingItemCount: undefined };
}

function answerObjects(
  call: Call,
  objects: readonly KubernetesObject[],
  metadata: ListMeta,
  form: OutputForm,
): ApiResponse | Promise<ApiResponse> {
  return answerList(bodyOf(call, objects, metadata, form), answerOptions(call, form));
}

function bodyOf(
  call: Call,
  objects: readonly KubernetesObject[],
  metadata: ListMeta,
  { transform }: OutputForm,
): Extract<ApiBody, { kind: 'list' }> {
  const { resource } = call;
  switch (transform.kind) {
    case 'none': {
      const type = { kind: `${resource.definition.kind}List`, apiVersion: resource.apiVersion };
      if (resource.form.custom) return customListBody({ ...type, metadata }, objects);
      return valueListBody({ ...type, metadata }, 'items', objects.map(withoutType));
    }
    case 'table': {
      const { version } = transform;
      const includeObject = includeObjectOf(call.request.query);
      const table = tableOf(call);
      const shown = table.compareRows
        ? objects.toSorted((a, b) => table.compareRows?.(a, b) ?? 0)
        : objects;
      const rows = shown.map((object) =>
        tableRow(table, object, { version, includeObject, nowMs: call.context.nowMs }),
      );
      return valueListBody(tableHead(table, metadata, version), 'rows', rows);
    }
    case 'metadata': {
      if (!transform.isList) throw wrongForm(call, 'PartialObjectMetadata', true);
      const { version } = transform;
      const type = { kind: 'PartialObjectMetadataList', apiVersion: `meta.k8s.io/${version}` };
      const items = objects.map((object) => partialMetadata(object, version));
      return valueListBody({ ...type, metadata }, 'items', items.length === 0 ? null : items);
    }
    default:
      return transform satisfies never;
  }
}
