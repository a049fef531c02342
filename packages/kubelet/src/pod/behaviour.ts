/** What a simulated container does once started: how long it runs, how it ends, what it prints. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Probe } from '@navarch/api/types/core/v1/probe';
import { behaviourOfCommand } from './commands.ts';

export interface Behaviour {
  readonly pullMs: number;
  readonly pullFails: boolean;
  /** From start to ready; infinite when it never gets ready. */
  readonly readyAfterMs: number;
  /** From start to exit; infinite when it runs until it is stopped. */
  readonly runsForMs: number;
  readonly exitCode: number;
  /** Printed when it starts. */
  readonly lines: readonly string[];
}

/** Annotations that change what a pod's containers do; add `.<container>` to speak of one. See the package's README. */
export const annotationPrefix = 'simulated.navarch.dev/';

const defaultPullMs = 10;

export function behaviourOf(pod: Pod, container: Container): Behaviour {
  const said = (setting: string): string | undefined => {
    const annotations = pod.metadata.annotations ?? {};
    return (
      annotations[`${annotationPrefix}${setting}.${container.name}`] ??
      annotations[`${annotationPrefix}${setting}`]
    );
  };
  const seconds = (setting: string): number | undefined => {
    const value = Number(said(setting) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
  };
  const usual = behaviourOfCommand(container);
  const log = said('log');
  return {
    pullMs: seconds('pull-seconds') ?? defaultPullMs,
    pullFails: said('pull-error') === 'true',
    readyAfterMs:
      said('ready') === 'false' ? Number.POSITIVE_INFINITY : probesPassAfterMs(container),
    runsForMs: seconds('run-seconds') ?? (said('exit-code') === undefined ? usual.runsForMs : 0),
    exitCode: Number(said('exit-code') ?? usual.exitCode) || 0,
    lines: log === undefined ? usual.lines : log.split('\n'),
  };
}

/** Probes of simulated containers pass the first time they are made. */
function probesPassAfterMs(container: Container): number {
  const delayMs = (probe: Probe | undefined): number => (probe?.initialDelaySeconds ?? 0) * 1000;
  return delayMs(container.startupProbe) + delayMs(container.readinessProbe);
}
