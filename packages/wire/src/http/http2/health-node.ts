/**
 * Finds out that an HTTP/2 peer is gone when its connection does not say so: a cable was pulled, a machine froze; and rarely node
 * itself misses that a killed peer's socket was closed, after which nothing on that connection ever ends.
 */
import type { Http2Session } from 'node:http2';
import { nodeClock } from '@navarch/runtime/node/clock';

/** Of the size of client-go's: 30 s without a byte, then a ping that is to be answered within 15. */
export const silenceLimitDefaultMs = 20_000;

/** Pings when nothing has come or gone for `limitMs`; when nothing does for as long again, the session and all that is open on it fail. */
export function breakWhenSilent(session: Http2Session, limitMs = silenceLimitDefaultMs): void {
  let isAwaited = false;
  const check = (): void => {
    if (session.destroyed) return;
    if (isAwaited) {
      // After a pause of this process the answer may be here, unread.
      nodeClock.soon(() => void (isAwaited && session.destroy(silent(limitMs))));
      return;
    }
    isAwaited = true;
    session.ping(() => {
      isAwaited = false;
      if (!session.destroyed) session.setTimeout(limitMs);
    });
    session.setTimeout(limitMs); // It fires once.
  };
  session.on('timeout', check);
  session.setTimeout(limitMs);
}

function silent(limitMs: number): Error {
  return new Error(`the peer has been silent for ${2 * limitMs} ms`);
}
