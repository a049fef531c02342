/** What every engine promises, as one suite of tests. An engine's test file calls these with a way to make one. */
import { describe } from 'node:test';
import { compactionContract } from './contract-compaction.ts';
import { leaseContract } from './contract-leases.ts';
import { readContract } from './contract-reads.ts';
import { restartsContract } from './contract-restarts.ts';
import { watchContract } from './contract-watches.ts';
import { writeContract } from './contract-writes.ts';
import type { DurableFixture, StoreFixture } from './fixture.ts';

export type { DurableFixture, StoreFixture } from './fixture.ts';

export function storeContract(engine: string, create: () => Promise<StoreFixture>): void {
  const suite = (name: string, contract: (create: () => Promise<StoreFixture>) => void): void =>
    void describe(name, () => contract(create));
  void describe(`${engine} store`, () => {
    suite('writes', writeContract);
    suite('reads', readContract);
    suite('watches', watchContract);
    suite('compaction', compactionContract);
    suite('leases', leaseContract);
  });
}

/** More, for an engine that outlives its process. */
export function durableStoreContract(engine: string, create: () => Promise<DurableFixture>): void {
  storeContract(engine, create);
  void describe(`${engine} store, restarted`, () => restartsContract(create));
}
