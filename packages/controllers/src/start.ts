/** Starts all controllers of a process, each under its own identity, on shared informers. */
import type { Client } from '@navarch/client/client';
import { createEventRecorder } from '@navarch/client/event-recorder';
import type { Informers } from '@navarch/client/informer';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { controllers } from './index.ts';

export interface ControllersOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly informers: Informers;
  /** A client that acts as the service account of that name in kube-system. */
  readonly clientFor: (controllerName: string) => Client;
}

export function startControllers({
  runtime,
  lifetime,
  informers,
  clientFor,
}: ControllersOptions): void {
  for (const controller of controllers) {
    const client = clientFor(controller.name);
    const own = lifetime.child();
    const recorder = createEventRecorder(client, {
      runtime,
      lifetime: own,
      component: controller.name,
    });
    controller.start({ runtime, lifetime: own, client, informers, recorder });
  }
}
