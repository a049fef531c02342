/** Brings a cluster's standing objects about. On an existing cluster it reads the caches and writes only what differs. */
import type { ObjectReader, ObjectWriter } from '@navarch/api/extension/context';
import { isStatusError } from '@navarch/api/status';
import { type BootstrapObject, type BootstrapOptions, bootstrapSteps } from './objects.ts';

const writeOptions = { dryRun: false };

/** Gives the number of objects that were created or changed. */
export async function applyBootstrap(
  { read, write }: { readonly read: ObjectReader; readonly write: ObjectWriter },
  options: BootstrapOptions,
): Promise<number> {
  let written = 0;
  for (const step of bootstrapSteps(options)) {
    const results = await Promise.all(step.map((object) => applyOne(read, write, object)));
    written += results.filter(Boolean).length;
  }
  return written;
}

async function applyOne(
  read: ObjectReader,
  write: ObjectWriter,
  { of, wanted, merge }: BootstrapObject,
): Promise<boolean> {
  const { namespace = '', name = '' } = wanted.metadata;
  const existing = read.get(of, namespace, name);
  if (existing && merge(existing, wanted) === existing) return false;
  if (existing) {
    await write.update(of, namespace, name, (current) => merge(current, wanted), writeOptions);
    return true;
  }
  try {
    await write.create(of, wanted, writeOptions);
    return true;
  } catch (error) {
    // Another server of the same cluster was quicker.
    if (isStatusError(error, 'AlreadyExists')) return false;
    throw error;
  }
}
