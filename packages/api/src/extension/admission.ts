/** The interface of an admission plugin. */
import type { StructSchema } from '../schema/schema.ts';
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
  /** For plugins that look at objects in another version than the stored one. Absent: there is only this one. */
  readonly versions?: AdmissionVersions;
}

/** One version of the resource that a request is about, with the kind that requests of it carry. */
export interface AdmissionVersion {
  readonly kind: GroupVersionKind;
  readonly resource: AdmissionAttributes['resource'];
}

/**
 * The served versions of the resource. `kind`, `resource` and the objects of the attributes are those of the stored version,
 * whatever version the client used. Promises only where somebody else has to be asked: a conversion webhook.
 */
export interface AdmissionVersions {
  /** The one that the client used. */
  readonly requested: AdmissionVersion;
  /** All that show the same objects, the requested one and those of other groups among them. */
  served(): readonly AdmissionVersion[];
  /** An object of the attributes, as that version shows it. */
  show(
    object: KubernetesObject,
    as: AdmissionVersion,
  ): KubernetesObject | Promise<KubernetesObject>;
  /** What shown objects of that version consist of; undefined where nobody knows, as for the options of a connection. */
  schema(as: AdmissionVersion): StructSchema | undefined;
  /**
   * The other way, for what a plugin made of a shown object: with defaults, without unknown members. `instead` is the object of
   * the attributes that it replaces. Throws an Error when it is no such object.
   */
  take(
    value: unknown,
    as: AdmissionVersion,
    instead: KubernetesObject,
  ): KubernetesObject | Promise<KubernetesObject>;
}

/**
 * All that change objects see a request twice when one of them changed what others had seen: upstream's reinvocation. There is
 * one of these per request.
 */
export interface MutatingPass {
  readonly isSecond: boolean;
  /** Asks for a second pass. There is no third. */
  again(): void;
  /** What a plugin remembers from the first pass, under its name. */
  readonly memory: Map<string, unknown>;
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
    pass?: MutatingPass,
  ): KubernetesObject | undefined | Promise<KubernetesObject | undefined>;
  validate?(attributes: AdmissionAttributes, context: RequestContext): void | Promise<void>;
}
