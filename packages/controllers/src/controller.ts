/** What a controller is: a name, and a way to start it. One folder each; `index.ts` is the list. */
import type { Client } from '@navarch/client/client';
import type { EventRecorder } from '@navarch/client/event-recorder';
import type { Informers } from '@navarch/client/informer';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';

export interface ControllerDependencies {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  /** Writes under the controller's own identity. */
  readonly client: Client;
  /** Shared by all controllers of the process. */
  readonly informers: Informers;
  readonly recorder: EventRecorder;
}

export interface ControllerDefinition {
  /** Upstream's name, such as `deployment-controller`; its service account in kube-system has the same. */
  readonly name: string;
  /** Runs until the lifetime ends. */
  start(dependencies: ControllerDependencies): void;
}
