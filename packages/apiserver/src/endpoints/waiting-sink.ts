/**
 * A watch of objects that a webhook converts: frames wait until theirs is there, and those behind them wait as well, so that the order
 * stays. When one cannot be converted, the watch ends with the reason, and the client begins anew.
 */
import { toStatusError } from '@navarch/api/status';
import { limits } from '@navarch/runtime/limits';
import { encodedValue } from '../registry/view.ts';
import type { WatchFrame, WatchSink } from '../request/request.ts';
import { Frame } from '../watch-cache/event.ts';

export function waitingSink(sink: WatchSink): WatchSink {
  let ended = false;
  let held = 0;
  let last: Promise<void> | undefined;
  const end = (): void => {
    if (!ended) sink.end();
    ended = true;
  };
  const deliver = async (before: Promise<void> | undefined, frames: readonly WatchFrame[]) => {
    const converted = Promise.all(frames.flatMap(({ object }) => object.ready?.() ?? []));
    converted.catch(() => {}); // Heard below, when it is its turn.
    try {
      await before;
      await converted;
      if (!ended) sink.write(frames);
    } catch (error) {
      if (ended) return;
      sink.write([new Frame('ERROR', encodedValue(toStatusError(error).status))]);
      end();
    } finally {
      held -= frames.length;
    }
  };
  return {
    write(frames) {
      if (ended) return;
      held += frames.length;
      if (held > limits.watchBufferEventsMax) end();
      else last = deliver(last, frames);
    },
    end: () => void (last ?? Promise.resolve()).then(end),
    bufferedBytes: () => sink.bufferedBytes(),
    signal: sink.signal,
  };
}
