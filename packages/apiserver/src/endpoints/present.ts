/** Answers with one object in the form that the client accepts. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { TableDefinition } from '@navarch/api/extension/resource';
import { failure } from '@navarch/api/status';
import type { Resource } from '../registry/resource.ts';
import { encodedValue } from '../registry/view.ts';
import type { ApiResponse, Encoded } from '../request/request.ts';
import { answerObject, type AnswerOptions } from './answer.ts';
import { goPackage } from './body.ts';
import type { Call } from './call.ts';
import { partialMetadata } from './metadata.ts';
import { negotiate, plainForm, type Offer, type OutputForm } from './negotiate.ts';
import { includeObjectOf, tableHead, tableRow } from './table.ts';

/** What can be made of the objects that this call answers with. Decided before anything is done, so that nothing is done in vain. */
export function outputForm(call: Call): OutputForm {
  const accept = call.request.headers['accept'];
  return plainForm(accept) ?? negotiate(accept, offerOf(call));
}

function offerOf({ resource, subresource }: Call): Offer {
  const { definition } = resource;
  const always = { metadata: true };
  const protobuf = hasProtobuf(resource);
  if (definition.answerCreate) return { ...always, table: false, protobuf };
  if (!subresource) return { ...always, table: true, protobuf };
  const isObject = subresource.type === 'object';
  const isPrintable = isObject || subresource.table !== undefined;
  // What other subresources answer with is of a built-in kind, whatever they belong to.
  return {
    ...always,
    table: subresource.printable ?? isPrintable,
    protobuf: !isObject || protobuf,
  };
}

/** Custom kinds have no field numbers. */
function hasProtobuf({ form }: Resource): boolean {
  if (form.custom) return false;
  return form.schema.byName.get('metadata')?.proto !== undefined;
}

/** How this call's answer is written. */
export function answerOptions(call: Call, { encoding, pretty }: OutputForm): AnswerOptions {
  const { request, warnings, audit } = call;
  if (encoding !== 'protobuf') return { request, encoding, pretty, warnings, audit };
  const { encodings } = call.resource.stored.storage?.cache ?? {};
  return { request, encoding, warnings, audit, encodings };
}

export function answerWith(
  call: Call,
  status: number,
  object: Encoded,
  form: OutputForm,
): ApiResponse | Promise<ApiResponse> {
  const waiting = object.ready?.();
  if (waiting) return waiting.then(() => answerWith(call, status, object, form));
  const { transform } = form;
  const options = answerOptions(call, form);
  if (transform.kind === 'none') return answerObject(status, object, options);
  return answerObject(status, transformed(call, object.value(), form), options);
}

function transformed(call: Call, object: KubernetesObject, { transform }: OutputForm): Encoded {
  if (object.kind === 'Status' || transform.kind === 'none') return encodedValue(object);
  if (transform.kind === 'table') {
    const { version } = transform;
    const includeObject = includeObjectOf(call.request.query);
    const { resourceVersion } = object.metadata;
    const metadata = resourceVersion === undefined ? {} : { resourceVersion };
    const table = tableOf(call);
    const row = tableRow(table, object, { version, includeObject, nowMs: call.context.nowMs });
    const whole = { ...tableHead(table, metadata, version), rows: [row] };
    return encodedValue(whole);
  }
  if (transform.isList) throw wrongForm(call, 'PartialObjectMetadataList', false);
  return encodedValue(partialMetadata(object, transform.version));
}

export function tableOf({ resource, subresource }: Call): TableDefinition<KubernetesObject> {
  return subresource?.table ?? resource.definition.table;
}

export function wrongForm(call: Call, asked: string, isList: boolean): Error {
  const { group, kind } = call.resource.definition;
  const type = `*${goPackage(group)}.${kind}${isList ? 'List' : ''}`;
  const what = isList ? 'is a list' : 'is not a list';
  const message = `you requested ${asked}, but the requested object ${what} (${type})`;
  return failure(406, 'NotAcceptable', message);
}
