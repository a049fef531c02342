/** A process that opens the store in a directory, says how that went, and stays. Started by tests. */
import { createNodeRuntime } from '@navarch/runtime/node';
import { openLmdbStore } from '../lmdb/node.ts';

const write = (text: string): void => void process.stdout.write(text);
const runtime = createNodeRuntime({ format: 'text', level: 'error', write });
try {
  await openLmdbStore(process.argv[2] ?? '', runtime);
  write('open\n');
} catch (error) {
  write(`${(error as Error).constructor.name}\n`);
}
setInterval(() => undefined, 1_000);
