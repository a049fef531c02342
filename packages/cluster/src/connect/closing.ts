/** The body of an answer whose connection is for it alone. */
import type { HttpClient } from '@navarch/wire/http/client';

/** Frees the connection when the body ends, or nobody reads it any more. */
export async function* closing(
  chunks: AsyncIterable<Uint8Array>,
  client: HttpClient,
): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } finally {
    client.close();
  }
}
