/** A client for a product, as its administrator. */
import { type Client, createClient } from '@navarch/client/client';
import { connect, loadKubeconfig } from '@navarch/client/node';
import { createNodeRuntime } from '@navarch/runtime/node';
import type { Product } from './product.ts';

export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

export async function connectTo({ kubeconfig }: Product): Promise<Connection> {
  const runtime = createNodeRuntime({ format: 'text', level: 'error', write: () => undefined });
  const transport = await connect(await loadKubeconfig(kubeconfig), runtime);
  const client = createClient(transport, { userAgent: 'navarch-durability' });
  return { client, close: () => transport.close() };
}
