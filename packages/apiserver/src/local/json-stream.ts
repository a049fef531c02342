/** Answers of other servers, which come as bytes, in the form that components in this process take. */
import type { LocalWatchEvent, LocalWatchListener } from '@navarch/api/extension/local-server';
import { JsonLines } from '@navarch/codec/json-lines';
import { limits } from '@navarch/runtime/limits';
import { decodeJson } from '@navarch/codec/json';
import { deepFreeze } from '../watch-cache/freeze.ts';

/** Text, or the value that it is the JSON of. */
export function valueOfText(text: string, contentType: string | undefined): unknown {
  if (!contentType?.startsWith('application/json')) return text;
  try {
    return deepFreeze(decodeJson(text));
  } catch {
    return text; // Cut off, or no JSON after all: whoever asked sees that it is no object.
  }
}

/** Hands on the events of a watch until it ends, breaks, or the signal says that nobody listens. Never rejects. */
export async function followEvents(
  chunks: AsyncIterable<Uint8Array>,
  listener: LocalWatchListener,
  signal: AbortSignal,
): Promise<void> {
  const lines = new JsonLines(limits.clientWatchLineMaxBytes);
  try {
    for await (const chunk of chunks) {
      if (signal.aborted) break;
      const events = lines.take(chunk) as LocalWatchEvent[];
      if (events.length > 0) listener.onEvents(deepFreeze(events));
    }
  } catch {
    // A watch that broke is over like any other: its listener begins a new one from where this one was.
  }
  listener.onEnd();
}
