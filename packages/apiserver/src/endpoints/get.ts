/** GET of one object, and of those of its subresources that are the object itself. */
import { notFound, tooLargeResourceVersion } from '@navarch/api/status';
import { encodedValue } from '../registry/view.ts';
import { parseResourceVersion } from '../registry/list.ts';
import { present } from '../registry/resource.ts';
import { parseQuery } from '../request/query.ts';
import type { ApiResponse } from '../request/request.ts';
import { objectKey } from '../watch-cache/tree.ts';
import type { Call } from './call.ts';
import { answerWith, outputForm } from './present.ts';

export async function get(call: Call): Promise<ApiResponse> {
  const { resource, info, request } = call;
  const form = outputForm(call, false);
  const { storage } = resource.stored;
  if (!storage) return getComputed(call);
  const now = storage.cache.revision;
  if (request.query.includes('resourceVersion=')) {
    const asked = parseResourceVersion(parseQuery(request.query).get('resourceVersion') ?? '');
    if (asked > now) throw tooLargeResourceVersion(asked, now, 1);
  }
  const namespace = resource.isNamespaced ? info.namespace : '';
  const entry = storage.cache.get(objectKey(namespace, info.name));
  if (!entry) throw notFound(resource.groupResource, info.name);
  return answerWith(call, 200, present(resource, entry), form);
}

async function getComputed(call: Call): Promise<ApiResponse> {
  const { resource, info, context } = call;
  const { group, singular } = resource.definition;
  const objects = (await resource.definition.answerRead?.(context)) ?? [];
  const found = objects.find((object) => object.metadata.name === info.name);
  // Upstream's computed resource goes by its singular here.
  if (!found) throw notFound({ group, resource: singular }, info.name);
  return answerWith(call, 200, encodedValue(found), outputForm(call, false));
}
