/** A client for a product, as its administrator. An answer that does not come fails the call instead of the test run. */
import { type Client, createClient } from '@navarch/client/client';
import { withDeadline } from '@navarch/client/deadline';
import { connect, loadKubeconfig } from '@navarch/client/node';
import type { Transport } from '@navarch/client/transport';
import { createNodeRuntime } from '@navarch/runtime/node';
import type { Clock } from '@navarch/runtime/clock';
import type { Product } from './product.ts';

/** Longer than any request of a test takes on a busy machine. */
const answerLimitMs = 60_000;

export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

export async function connectTo({ kubeconfig }: Product): Promise<Connection> {
  const runtime = createNodeRuntime({ format: 'text', level: 'error', write: () => undefined });
  const transport = await connect(await loadKubeconfig(kubeconfig), runtime);
  const client = createClient(limited(transport, runtime.clock), {
    userAgent: 'navarch-durability',
  });
  return { client, close: () => transport.close() };
}

function limited(transport: Transport, clock: Clock): Transport {
  return {
    decodes: transport.decodes,
    request: (request) =>
      withDeadline(clock, answerLimitMs, request.signal, (signal) =>
        transport.request({ ...request, signal }),
      ),
    watch: (request, listener) => transport.watch(request, listener),
    close: () => transport.close(),
  };
}
