/** GET of one object, and of those of its subresources that are the object itself. */
import { badRequest, notFound, tooLargeResourceVersion, unknownReason } from '@navarch/api/status';
import { encodedValue } from '../registry/view.ts';
import { invalidVersion } from '../registry/list.ts';
import { present } from '../registry/resource.ts';
import { checkKeyName } from '../registry/write.ts';
import { booleanParameter, parseQuery } from '../request/query.ts';
import type { Revision } from '@navarch/store/store';
import type { ApiResponse } from '../request/request.ts';
import { objectKey } from '../watch-cache/tree.ts';
import type { Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function get(call: Call): Promise<ApiResponse> {
  const { resource, info, request } = call;
  const form = outputForm(call);
  const { storage } = resource.stored;
  if (!storage) return getComputed(call);
  if (request.query !== '') checkOptions(request.query, info.name, storage.cache.revision);
  else checkKeyName(info.name);
  const namespace = resource.isNamespaced ? info.namespace : '';
  const entry = storage.cache.get(objectKey(namespace, info.name));
  if (!entry) throw notFound(resource.groupResource, info.name);
  return answerWith(call, 200, present(resource, entry), form);
}

/** Nobody exports any more, and nobody may ask for what is still to come. */
function checkOptions(query: string, name: string, now: Revision): void {
  const parameters = parseQuery(query);
  if (booleanParameter(parameters, 'export')) {
    throw badRequest('the export parameter, deprecated since v1.14, is no longer supported');
  }
  checkKeyName(name);
  const text = parameters.get('resourceVersion') ?? '';
  // Unlike a list's, it is parsed where upstream has no words for a bad one.
  if (!/^\d*$/.test(text)) throw unknownReason(invalidVersion(text));
  const asked = Number(text);
  if (asked > now) throw tooLargeResourceVersion(asked, now, 1);
}

async function getComputed(call: Call): Promise<ApiResponse> {
  const { resource, info, context } = call;
  const { group, singular } = resource.definition;
  const objects = (await resource.definition.answerRead?.(context)) ?? [];
  const found = objects.find((object) => object.metadata.name === info.name);
  // Upstream's computed resource goes by its singular here.
  if (!found) throw notFound({ group, resource: singular }, info.name);
  return answerWith(call, 200, encodedValue(found), outputForm(call));
}
