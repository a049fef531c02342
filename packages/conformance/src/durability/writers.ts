/** Many who create, change and delete config maps at once, each its own, and write down what they were promised. */
import { configMaps } from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import { isConnectionFailed } from '@navarch/client/errors';
import { integer, type Random } from '@navarch/runtime/random';
import type { Ledger } from './ledger.ts';

export interface WritersOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly writers: number;
  /** Objects per writer. */
  readonly objects: number;
  /** After each acknowledged change, with how many there were. */
  readonly onAcknowledged: (count: number) => void;
}

/** Writes until the connection breaks; rejects when the server refuses anything. */
export async function writeUntilCut(options: WritersOptions): Promise<void> {
  const progress = { count: 0 };
  await Promise.all(
    Array.from({ length: options.writers }, (_, writer) => run(options, writer, progress)),
  );
}

async function run(
  options: WritersOptions,
  writer: number,
  progress: { count: number },
): Promise<void> {
  const { random, objects, onAcknowledged } = options;
  for (;;) {
    const name = `object-${writer}-${integer(random, objects)}`;
    try {
      await change(options, name);
    } catch (error) {
      if (isConnectionFailed(error)) return;
      throw error;
    }
    onAcknowledged(++progress.count);
  }
}

async function change(
  { client, namespace, ledger, random }: WritersOptions,
  name: string,
): Promise<void> {
  const resource = client.resource(configMaps);
  const content = ledger.content(name);
  if (content && integer(random, 4) === 0) {
    ledger.attempt(name, undefined);
    await resource.delete(namespace, name);
    ledger.acknowledge(name);
    return;
  }
  const number = integer(random, Number.MAX_SAFE_INTEGER);
  const isChecked = content !== undefined && integer(random, 2) === 0;
  const object = {
    metadata: {
      namespace,
      name,
      ...(isChecked && { resourceVersion: String(content.version) }),
    },
    data: { number: String(number), text: 'x'.repeat(integer(random, 2_000)) },
  };
  ledger.attempt(name, number);
  const written = await (content ? resource.update(object) : resource.create(object));
  ledger.acknowledge(name, Number(written.metadata.resourceVersion));
}
