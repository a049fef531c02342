/**
 * Label and field selectors in structured form.
 * @group meta.k8s.io v1
 */
import type { StringMap } from '../../scalars.ts';

/** @structType atomic */
export interface LabelSelector {
  /** @proto 1 */
  readonly matchLabels?: StringMap<string>;
  /** @proto 2 @listType atomic */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly operator: LabelSelectorOperator;
  /** @proto 3 @listType atomic */
  readonly values?: readonly string[];
}

/** Known values: `In`, `NotIn`, `Exists`, `DoesNotExist`. */
export type LabelSelectorOperator = string;

export interface FieldSelectorRequirement {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly operator: FieldSelectorOperator;
  /** @proto 3 @listType atomic */
  readonly values?: readonly string[];
}

/** Known values: `In`, `NotIn`, `Exists`, `DoesNotExist`. */
export type FieldSelectorOperator = string;
