/** The interface of an admission plugin. */
import type { RequestContext } from './context.ts';
import type { GroupVersionKind, KubernetesObject } from './object.ts';

export type AdmissionOperation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

export interface AdmissionAttributes {
  readonly operation: AdmissionOperation;
  readonly kind: GroupVersionKind;
  readonly resource: {
    readonly group: string;
    readonly version: string;
    readonly resource: string;
  };
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** What will be stored; undefined for DELETE. */
  readonly object: KubernetesObject | undefined;
  /** What is stored; undefined for CREATE. */
  readonly oldObject: KubernetesObject | undefined;
  /** The request's options (CreateOptions, UpdateOptions, PatchOptions, DeleteOptions). */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Refuses by throwing a StatusError. Plugins that need nothing asynchronous return plain values, which keeps writes fast. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Which requests concern it, decided once per resource, not per request. */
  handles(attributes: Pick<AdmissionAttributes, 'operation' | 'resource' | 'subresource'>): boolean;
  /** Returns the object to go on with. */
  mutate?(
    attributes: AdmissionAttributes,
    context: RequestContext,
  ): KubernetesObject | undefined | Promise<KubernetesObject | undefined>;
  validate?(attributes: AdmissionAttributes, context: RequestContext): void | Promise<void>;
}
