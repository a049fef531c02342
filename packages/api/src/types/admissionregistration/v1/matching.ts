/**
 * Which requests an admission webhook or policy looks at.
 * @group admissionregistration.k8s.io v1
 */
import type { LabelSelector } from '../../meta/v1/selector.ts';

export interface Rule {
  /** @proto 1 @listType atomic */
  readonly apiGroups?: readonly string[];
  /** @proto 2 @listType atomic */
  readonly apiVersions?: readonly string[];
  /** @proto 3 @listType atomic */
  readonly resources?: readonly string[];
  /** @proto 4 @explicit */
  readonly scope?: ScopeType;
}

/** @enum */
export type ScopeType = 'Cluster' | 'Namespaced' | '*';

/** @inline Rule 2 after operations */
export interface RuleWithOperations extends Rule {
  /** @proto 1 @listType atomic */
  readonly operations?: readonly OperationType[];
}

/** @enum */
export type OperationType = '*' | 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/**
 * @structType atomic
 * @inline RuleWithOperations 2 after resourceNames
 */
export interface NamedRuleWithOperations extends RuleWithOperations {
  /** @proto 1 @listType atomic */
  readonly resourceNames?: readonly string[];
}

/** @structType atomic */
export interface MatchResources {
  /** @proto 1 @explicit */
  readonly namespaceSelector?: LabelSelector;
  /** @proto 2 @explicit */
  readonly objectSelector?: LabelSelector;
  /** @proto 3 @listType atomic */
  readonly resourceRules?: readonly NamedRuleWithOperations[];
  /** @proto 4 @listType atomic */
  readonly excludeResourceRules?: readonly NamedRuleWithOperations[];
  /** @proto 7 @explicit */
  readonly matchPolicy?: MatchPolicyType;
}

/** @enum */
export type MatchPolicyType = 'Exact' | 'Equivalent';

export interface MatchCondition {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly expression: string;
}

/** @enum */
export type FailurePolicyType = 'Ignore' | 'Fail';
