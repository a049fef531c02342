/** What every engine promises, as one suite of tests. An engine's test file calls these with a way to make one. */
import { describe } from 'node:test';
import { compactionContract } from './contract-compaction.ts';
import { leaseContract } from './contract-leases.ts';
import { modelContract } from './contract-model.ts';
import { readContract } from './contract-reads.ts';
import { restartsContract } from './contract-restarts.ts';
import { watchContract } from './contract-watches.ts';
import { writeContract } from './contract-writes.ts';
import type { DurableFixture, StoreFixture } from './fixture.ts';

export type { DurableFixture, StoreFixture } from './fixture.ts';

export function storeContract(engine: string, create: () => Promise<StoreFixture>): void {
  void describe(`${engine} store`, () => {
    commonContract(create);
    modelContract(create, 100);
  });
}

/** More, for an engine that outlives its process. */
export function durableStoreContract(engine: string, create: () => Promise<DurableFixture>): void {
  void describe(`${engine} store`, () => {
    commonContract(create);
    void describe('restarts', () => restartsContract(create));
    modelContract(create, 50);
  });
}

function commonContract(create: () => Promise<StoreFixture>): void {
  void describe('writes', () => writeContract(create));
  void describe('reads', () => readContract(create));
  void describe('watches', () => watchContract(create));
  void describe('compaction', () => compactionContract(create));
  void describe('leases', () => leaseContract(create));
}
