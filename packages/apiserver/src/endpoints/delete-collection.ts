/** DELETE of a collection: of everything that matches. */
import { deleteEntries } from '../registry/delete-collection.ts';
import { listEntries } from '../registry/list.ts';
import { methodNotSupported } from '@navarch/api/status';
import { parseListOptions } from '../request/list-options.ts';
import type { ApiResponse } from '../request/request.ts';
import { clientWrite, type Call } from './call.ts';
import { readDeleteOptions, warnOfPropagation } from './delete.ts';
import { answerEntries } from './list.ts';
import { outputForm } from './present.ts';
import { selectionOf } from './selection.ts';

export async function deleteCollection(call: Call): Promise<ApiResponse> {
  const { resource, info, request, context, surroundings } = call;
  const { storage } = resource.stored;
  if (!storage) throw methodNotSupported(resource.groupResource, 'deletecollection');
  const form = outputForm(call);
  const listOptions = parseListOptions(request.query);
  const selection = selectionOf(call, listOptions, 'list');
  const options = await readDeleteOptions(call);
  warnOfPropagation(call, options);
  const found = await listEntries(storage, surroundings.store, selection, listOptions);
  await deleteEntries(resource, found.entries, {
    namespace: info.namespace,
    options,
    context,
    dryRun: options.dryRun,
    client: clientWrite(call, '', options),
  });
  return answerEntries(call, { ...found, revision: storage.cache.revision }, form);
}
