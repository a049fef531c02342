/** What a controller is: a name, an identity, and a way to start it. One folder each; `index.ts` is the list. */
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
  /** PEM of the certificates that pods verify the API server with. Without them, none are published. */
  readonly rootCertificates?: string;
}

export interface ControllerDefinition {
  /** Upstream's name, such as `deployment-controller`. */
  readonly name: string;
  /** Whom it acts as: a service account in kube-system, whose upstream role says what it may do. */
  readonly serviceAccount: string;
  /** Who its events come from, as `kubectl describe` shows it; the controller's name when omitted. */
  readonly eventSource?: string;
  /** Runs until the lifetime ends. */
  start(dependencies: ControllerDependencies): void;
}
