/** Starts all controllers of a process, each under its own identity, on shared informers. */
import type { Client } from '@navarch/client/client';
import { createEventRecorder } from '@navarch/client/event-recorder';
import type { Informers } from '@navarch/client/informer';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import type { ControllerDefinition } from './controller.ts';
import { controllers } from './index.ts';

export interface ControllersOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly informers: Informers;
  /** A client that acts as the service account of that name in kube-system. */
  readonly clientFor: (serviceAccount: string) => Client;
  /** PEM of the certificates that pods verify the API server with. Without them, `kube-root-ca.crt` is not published. */
  readonly rootCertificates?: string;
  /** All of them when omitted. */
  readonly only?: readonly ControllerDefinition[];
}

/** Controllers run until the lifetime ends. */
export function startControllers(options: ControllersOptions): void {
  const { runtime, lifetime, informers, clientFor, rootCertificates } = options;
  for (const controller of options.only ?? controllers) {
    const client = clientFor(controller.serviceAccount);
    const own = lifetime.child();
    const recorder = createEventRecorder(client, {
      runtime,
      lifetime: own,
      component: controller.eventSource ?? controller.name,
    });
    controller.start({
      runtime,
      lifetime: own,
      client,
      informers,
      recorder,
      ...(rootCertificates !== undefined && { rootCertificates }),
    });
  }
}
