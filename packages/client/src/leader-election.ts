/**
 * Leader election over a coordination.k8s.io Lease, with upstream's fields and timings, so that Navarch's and upstream's components can
 * stand for the same lease.
 *
 * Invariants: E1 `lead` runs only while the lease is ours by the server's last answer: its signal is aborted `renewDeadlineMs` after
 * the last renewal that succeeded, which is before anybody else may take the lease (`leaseDurationMs`). E2 another's lease is only
 * taken when we have not seen it change for a whole `leaseDurationMs` by our own monotonic clock: clocks of machines need not agree.
 */
import type { Runtime } from '@navarch/runtime/runtime';
import type { Client } from './client.ts';
import { Candidate } from './leader-election/candidate.ts';

export interface LeaderElectionOptions {
  readonly runtime: Runtime;
  readonly namespace: string;
  /** The lease's name: `kube-scheduler`, `kube-controller-manager`. */
  readonly name: string;
  /** Who we are; unique among all candidates. */
  readonly identity: string;
  readonly signal: AbortSignal;
  /** What the leader does. Its signal is aborted when leadership is lost or `options.signal` is; it should then end soon. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  /** Told each new leader's identity, ours included. */
  readonly onNewLeader?: (identity: string) => void;
  readonly timing?: Partial<LeaderElectionTiming>;
}

export interface LeaderElectionTiming {
  /** 15 s. */
  readonly leaseDurationMs: number;
  /** 10 s. */
  readonly renewDeadlineMs: number;
  /** 2 s, with jitter while acquiring. */
  readonly retryPeriodMs: number;
}

/**
 * Stands for election until elected, leads, and gives the lease back at the end. Resolves `lost` when the lease was lost (a process
 * should then exit or stand again), `stopped` when the signal was aborted or `lead` ended by itself. Rejects when `lead` throws.
 */
export function runLeaderElection(
  client: Client,
  options: LeaderElectionOptions,
): Promise<'lost' | 'stopped'> {
  return new Candidate(client, options).run();
}
