/** What a kind, an admission plugin or an authorizer may know of, and ask from, the server that runs it. */
import type { KubernetesObject } from './object.ts';
import type { Int64 } from '../types/scalars.ts';
import type { WebhookCaller } from './webhook.ts';

/** Who makes a request (authentication.k8s.io UserInfo). */
export interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export interface ResourceName {
  readonly group: string;
  readonly resource: string;
}

/** Reads from the server's caches: current, synchronous, deeply frozen. Callers say which type the resource's objects have. */
/* oxlint-disable typescript/no-unnecessary-type-parameters -- The type follows from the resource, which is a value. */
export interface ObjectReader {
  get<T extends KubernetesObject>(of: ResourceName, namespace: string, name: string): T | undefined;
  /** All of a namespace; of all namespaces when it is ''. */
  list<T extends KubernetesObject>(of: ResourceName, namespace: string): readonly T[];
  /** Those of all namespaces whose selectable field has that value; quick where the definition indexes the field. */
  listBy<T extends KubernetesObject>(of: ResourceName, field: string, value: string): readonly T[];
  /** Differs after every change of the resource's objects: what was made of `list` holds until then. Must cost next to nothing. */
  version(of: ResourceName): number;
}
/* oxlint-enable typescript/no-unnecessary-type-parameters */

export interface WriteOptions {
  readonly dryRun: boolean;
  /** Who owns the fields that an update changes, as a client's would; nobody new when omitted. */
  readonly owner?: { readonly manager: string; readonly subresource: string };
}

export interface RemoveOptions extends WriteOptions {
  readonly gracePeriodSeconds?: Int64;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly propagationPolicy?: string;
}

/**
 * Writes made by the server itself while it serves a request: no admission, no authorization. Creating validates; an update is
 * written as it comes out of `change`: the kind's rules for what an update may change are for clients.
 */
export interface ObjectWriter {
  create<T extends KubernetesObject>(
    of: ResourceName,
    object: T,
    options: WriteOptions,
  ): Promise<T>;
  /** Reads the latest, lets `change` make a new value from it (or refuse by throwing), writes it; tries again on conflicts. */
  update<T extends KubernetesObject>(
    of: ResourceName,
    namespace: string,
    name: string,
    change: (current: T) => T,
    options: WriteOptions,
  ): Promise<T>;
  remove(of: ResourceName, namespace: string, name: string, options: RemoveOptions): Promise<void>;
}

/** One request, as kinds and plugins see it. */
export interface RequestContext {
  readonly user: UserInfo;
  readonly userAgent: string;
  readonly dryRun: boolean;
  /** The request's time; the same for everything that the request writes. Milliseconds since the Unix epoch. */
  readonly nowMs: number;
  readonly read: ObjectReader;
  readonly write: ObjectWriter;
  readonly services: ServerServices;
  readonly signal: AbortSignal;
  /** Adds a Warning header to the answer. */
  warn(message: string): void;
  /**
   * Tells those who read the audit log. Undefined when the request is not audited, so that nobody makes texts in vain. Keys have a
   * prefix and a name; what is said first of a key stays.
   */
  readonly annotate?: Annotate | undefined;
}

/** `level`: only said where this much of requests is remembered; in any case when omitted. */
export type Annotate = (key: string, value: string, level?: 'Request') => void;

/** Names that writes under way lay claim to, in this process, until what they write can be read. */
export interface Holds {
  /** False when somebody else holds it. */
  tryHold(name: string): boolean;
  release(name: string): void;
}

/** Facilities of the server that kinds use by name. */
export interface ServerServices {
  /** A random suffix for generated names, a UUID, a number below `below`. */
  readonly random: {
    nameSuffix(length: number): string;
    uuid(): string;
    integer(below: number): number;
  };
  /** Authorizes on behalf of someone: SubjectAccessReview and friends, and escalation checks. */
  authorize(attributes: AuthorizationAttributes): Promise<AuthorizationDecision>;
  /** The rules that `user` has in a namespace, for SelfSubjectRulesReview and escalation checks. */
  rulesFor(user: UserInfo, namespace: string): RuleSet;
  /**
   * Authenticates a bearer token: TokenReview. No audiences means those of the server. Undefined when nobody knows the token;
   * rejects with an Error whose message is the review's error when it is known and refused (expired, another audience, bound to
   * what is gone).
   */
  authenticateToken(
    token: string,
    audiences: readonly string[],
  ): Promise<AuthenticatedToken | undefined>;
  /** Signs a service-account token: the token subresource. */
  signServiceAccountToken(claims: ServiceAccountClaims): Promise<string>;
  /** What a service-account token is good for when nobody says; `https://kubernetes.default.svc` when omitted. */
  readonly apiAudiences?: readonly string[];
  /** What objects of a kind are served as; undefined when nothing is. */
  resourceOf?(
    apiVersion: string,
    kind: string,
  ): (ResourceName & { readonly isNamespaced: boolean }) | undefined;
  /** Absent where there is no network: a simulation. Every call fails then. */
  readonly callWebhook?: WebhookCaller;
  /** Without it, two writes at the same moment may take the same node port. */
  readonly holds?: Holds;
  readonly serviceClusterIpRanges: readonly string[];
  readonly serviceNodePortRange: { readonly first: number; readonly last: number };
}

export interface AuthenticatedToken {
  readonly user: UserInfo;
  readonly audiences: readonly string[];
}

export interface ServiceAccountClaims {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  readonly nowMs: number;
  readonly boundTo?: {
    readonly kind: 'Pod' | 'Secret' | 'Node';
    readonly name: string;
    readonly uid: string;
  };
  readonly node?: { readonly name: string; readonly uid: string };
}

/** What an authorizer is asked. `verb` is a Kubernetes verb; for paths that are no resources, the lower-case HTTP method. */
export interface AuthorizationAttributes {
  readonly user: UserInfo;
  readonly verb: string;
  readonly resource?: {
    readonly group: string;
    readonly version: string;
    readonly resource: string;
    readonly subresource: string;
    readonly namespace: string;
    readonly name: string;
    /** What a list, watch or deletecollection is narrowed to, in its text form. */
    readonly fieldSelector?: string;
  };
  readonly path: string;
}

export interface AuthorizationDecision {
  readonly decision: 'allow' | 'deny' | 'noOpinion';
  readonly reason: string;
}

/** Asked in the order of `--authorization-mode`; the first that has an opinion decides. */
export interface Authorizer {
  authorize(
    attributes: AuthorizationAttributes,
    read: ObjectReader,
  ): AuthorizationDecision | Promise<AuthorizationDecision>;
  rulesFor?(user: UserInfo, namespace: string, read: ObjectReader): RuleSet;
}

export interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}
export interface NonResourceRule {
  readonly verbs: readonly string[];
  readonly nonResourceURLs: readonly string[];
}
export interface RuleSet {
  readonly resourceRules: readonly ResourceRule[];
  readonly nonResourceRules: readonly NonResourceRule[];
  readonly incomplete: boolean;
  readonly evaluationError?: string;
}
