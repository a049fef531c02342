/** A watch of a collection: negotiated and checked here, carried on by the watch cache. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  methodNotSupported,
  notAcceptable,
  tooLargeResourceVersion,
  unknownReason,
} from '@navarch/api/status';
import { limits } from '@navarch/runtime/limits';
import type { Revision } from '@navarch/store/store';
import { invalidVersion } from '../registry/list.ts';
import { encodedValue } from '../registry/view.ts';
import { parseListOptions, type ListOptions } from '../request/list-options.ts';
import type { ApiResponse, WatchFrame, WatchSink } from '../request/request.ts';
import { Frame } from '../watch-cache/event.ts';
import type { WatchOptions } from '../watch-cache/watcher.ts';
import { headersOf } from './answer.ts';
import type { Call } from './call.ts';
import { streamMediaTypes } from './negotiate.ts';
import { answerOptions, outputForm } from './present.ts';
import { selectionOf } from './selection.ts';
import { waitingSink } from './waiting-sink.ts';
import { watchPresentation } from './watch-presentation.ts';

export async function watch(call: Call): Promise<ApiResponse> {
  const { resource, request } = call;
  const { storage } = resource.stored;
  if (!storage || !resource.verbs.has('watch'))
    throw methodNotSupported(resource.groupResource, 'watch');
  const form = outputForm(call);
  const options = parseListOptions(request.query);
  const selection = selectionOf(call, options, 'watch');
  const start = startOf(options, storage.cache.revision);
  if (form.encoding === 'yaml') throw notAcceptable(streamMediaTypes);
  const { presentation, presentObject } = watchPresentation(call, form);
  const bookmark = (revision: Revision, endsInitialEvents: boolean): WatchFrame => {
    const object = encodedValue(emptyObject(call, revision, endsInitialEvents));
    return new Frame('BOOKMARK', presentObject(object));
  };
  const watchOptions: WatchOptions = {
    selection,
    presentation,
    start,
    bookmark: options.allowWatchBookmarks ? bookmark : undefined,
    timeoutMs: timeoutOf(call, options),
  };
  const headers = headersOf(answerOptions(call, form));
  const isAhead = resource.form.custom?.fromOther !== undefined;
  const begin = (sink: WatchSink): void =>
    storage.cache.watch(watchOptions, isAhead ? waitingSink(sink) : sink);
  if (form.encoding !== 'protobuf')
    return { status: 200, headers, body: { kind: 'watch', start: begin } };
  const { prepareFrames } = await import('./protobuf/frame.ts');
  const bytesOf = await prepareFrames(call, watchOptions);
  const type = `${headers['content-type']};stream=watch`;
  return {
    status: 200,
    headers: { ...headers, 'content-type': type },
    body: { kind: 'watch', start: begin, bytesOf },
  };
}

function startOf(options: ListOptions, now: Revision): WatchOptions['start'] {
  const { resourceVersion, sendInitialEvents } = options;
  const isAny = resourceVersion === '' || resourceVersion === '0';
  if (!isAny && !/^\d+$/.test(resourceVersion))
    throw unknownReason(invalidVersion(resourceVersion));
  const asked = isAny ? 0 : Number(resourceVersion);
  if (sendInitialEvents === true && asked > now) throw tooLargeResourceVersion(asked, now, 1);
  if (sendInitialEvents ?? isAny) return { kind: 'state' };
  return isAny ? { kind: 'next' } : { kind: 'after', revision: asked as Revision };
}

/** A client that does not say gets a time of its own, so that not all come back at once. */
function timeoutOf({ surroundings }: Call, { timeoutSeconds = 0 }: ListOptions): number {
  // Less than no time is over at once.
  if (timeoutSeconds !== 0) return Math.max(0, timeoutSeconds * 1000);
  return limits.watchTimeoutMinMs * (1 + surroundings.runtime.random.next());
}

const initialEventsEnd = { 'k8s.io/initial-events-end': 'true' };

/** What a bookmark carries: an object of the kind with nothing in it but where the watch is. */
function emptyObject(
  { resource }: Call,
  revision: Revision,
  endsInitialEvents: boolean,
): KubernetesObject {
  const metadata = {
    resourceVersion: String(revision),
    ...(endsInitialEvents ? { annotations: initialEventsEnd } : undefined),
  };
  const { kind } = resource.definition;
  const object = { kind, apiVersion: resource.apiVersion, metadata };
  return resource.form.canonical(object, { asStored: false });
}
