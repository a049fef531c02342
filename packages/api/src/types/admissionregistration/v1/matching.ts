/**
 * Which requests an admission webhook or policy looks at.
 * @group admissionregistration.k8s.io v1
 */
import type { LabelSelector } from '../../meta/v1/selector.ts';

/** Which resources. */
export interface Rule {
  /**
   * The API groups; `*` for all.
   * @proto 1 @listType atomic
   */
  readonly apiGroups?: readonly string[];
  /**
   * The versions; `*` for all.
   * @proto 2 @listType atomic
   */
  readonly apiVersions?: readonly string[];
  /**
   * The resources, such as `pods` or `pods/log`; `*` for all without subresources.
   * @proto 3 @listType atomic
   */
  readonly resources?: readonly string[];
  /**
   * `Cluster`, `Namespaced`, or `*` (the default) for both.
   * @proto 4 @explicit
   */
  readonly scope?: ScopeType;
}

/**
 * Objects of which scope.
 * @enum
 */
export type ScopeType = 'Cluster' | 'Namespaced' | '*';

/**
 * Which operations on which resources.
 * @inline Rule 2 after operations
 */
export interface RuleWithOperations extends Rule {
  /**
   * The operations; `*` for all.
   * @proto 1 @listType atomic
   */
  readonly operations?: readonly OperationType[];
}

/**
 * What a request does.
 * @enum
 */
export type OperationType = '*' | 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/**
 * Which operations on which resources, of which names.
 * @structType atomic
 * @inline RuleWithOperations 2 after resourceNames
 */
export interface NamedRuleWithOperations extends RuleWithOperations {
  /**
   * Only objects of these names. Empty for all.
   * @proto 1 @listType atomic
   */
  readonly resourceNames?: readonly string[];
}

/**
 * Which requests a policy looks at.
 * @structType atomic
 */
export interface MatchResources {
  /**
   * Only objects in namespaces with these labels; cluster-scoped objects always count. Defaults to
   * all.
   * @proto 1 @explicit
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Only if the new or the old object has these labels. Defaults to all.
   * @proto 2 @explicit
   */
  readonly objectSelector?: LabelSelector;
  /**
   * Operations and resources; any of them. Empty for none.
   * @proto 3 @listType atomic
   */
  readonly resourceRules?: readonly NamedRuleWithOperations[];
  /**
   * Operations and resources to leave out. They go before `resourceRules`.
   * @proto 4 @listType atomic
   */
  readonly excludeResourceRules?: readonly NamedRuleWithOperations[];
  /**
   * Whether requests through other versions of a resource count: `Equivalent` (the default) counts
   * them, `Exact` does not.
   * @proto 7 @explicit
   */
  readonly matchPolicy?: MatchPolicyType;
}

/**
 * Whether requests through other versions of a resource count.
 * @enum
 */
export type MatchPolicyType = 'Exact' | 'Equivalent';

/** A condition in CEL that a request must fulfil. */
export interface MatchCondition {
  /**
   * Its name, unique in its list.
   * @proto 1
   */
  readonly name: string;
  /**
   * The expression; `object`, `oldObject`, `request` and `authorizer` are known. It must give a
   * boolean.
   * @proto 2
   */
  readonly expression: string;
}

/**
 * What happens when something cannot be asked or evaluated.
 * @enum
 */
export type FailurePolicyType = 'Ignore' | 'Fail';
