/** DELETE of one object. */
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import { badRequest } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import { deletedStatus, deleteObject } from '../registry/delete.ts';
import { encodedValue } from '../registry/view.ts';
import {
  checkDeleteOptions,
  deleteOptionsOfQuery,
  type DeleteOptions,
  type DeleteOptionsBody,
} from '../request/delete-options.ts';
import type { ApiResponse } from '../request/request.ts';
import { readType, readValue, type TypeMeta } from './body.ts';
import { clientWrite, type Call } from './call.ts';
import { encodeJson } from '@navarch/codec/json';
import { answerWith, outputForm } from './present.ts';

export async function deleteOne(call: Call): Promise<ApiResponse> {
  const { resource, info, context } = call;
  const form = outputForm(call);
  const options = await readDeleteOptions(call);
  warnOfPropagation(call, options);
  const { object, removed } = await deleteObject(resource, {
    namespace: resource.isNamespaced ? info.namespace : '',
    name: info.name,
    options,
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, '', options),
  });
  if (!removed) {
    // Who said that dependents go with it learns that this has only begun.
    const status = options.orphanDependents === false ? 202 : 200;
    return answerWith(call, status, object, form);
  }
  if (resource.stored.definition.deleteAnswersObject) return answerWith(call, 200, object, form);
  await object.ready?.();
  const status = deletedStatus(resource, object.value());
  return answerWith(call, 200, encodedValue(status), form);
}

/** Some kinds leave dependents behind where others take them along. */
export function warnOfPropagation({ resource, context }: Call, options: DeleteOptions): void {
  const { unsaidPropagationWarning } = resource.stored.definition;
  if (unsaidPropagationWarning === undefined) return;
  const isSaid = options.propagationPolicy !== undefined || options.orphanDependents !== undefined;
  if (!isSaid) context.warn(unsaidPropagationWarning);
}

/** What is known under every version, though it is something else. */
const otherTypes: ReadonlySet<string> = new Set([
  'APIGroup',
  'APIGroupList',
  'APIResourceList',
  'APIVersions',
  'CreateOptions',
  'Status',
  'UpdateOptions',
]);
const optionsScheme = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27';

/** Options may come under any version; without a kind, a body is taken for them. */
function checkOptionsType({ apiVersion, kind }: TypeMeta): void {
  if (apiVersion.split('/').length > 2) {
    throw badRequest(`unexpected GroupVersion string: ${apiVersion}`);
  }
  if (kind === '' || kind === 'DeleteOptions') return;
  if (otherTypes.has(kind)) {
    throw badRequest(`converting (v1.${kind}) to (v1.DeleteOptions): unknown conversion`);
  }
  const version = goQuote(apiVersion || 'meta.k8s.io/v1');
  const problem = `no kind ${goQuote(kind)} is registered for version ${version}`;
  throw badRequest(`${problem} in scheme ${goQuote(optionsScheme)}`);
}

/** From the body, or from the query when there is no body. */
export async function readDeleteOptions(call: Call): Promise<DeleteOptions> {
  const { query } = call.request;
  return checkDeleteOptions((await optionsOfBody(call)) ?? deleteOptionsOfQuery(query));
}

async function optionsOfBody({ request, audit }: Call): Promise<DeleteOptionsBody | undefined> {
  const body = await readValue(request, badRequest);
  if (body === undefined) return undefined;
  checkOptionsType(readType(body.value, badRequest));
  const decoded = decodeObject(structOf('meta/v1.DeleteOptions'), body.value);
  if (decoded.error !== undefined) throw badRequest(decoded.error);
  const type = { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' };
  audit?.bringsText(() => encodeJson({ ...type, ...decoded.value }));
  return decoded.value;
}
