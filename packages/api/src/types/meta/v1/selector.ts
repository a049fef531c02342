/**
 * Label and field selectors in structured form.
 * @group meta.k8s.io v1
 */
import type { StringMap } from '../../scalars.ts';

/**
 * Selects objects by their labels. All requirements must hold; an empty selector selects
 * everything, a missing one nothing.
 * @structType atomic
 */
export interface LabelSelector {
  /**
   * Labels that must be there with exactly these values.
   * @proto 1
   */
  readonly matchLabels?: StringMap<string>;
  /**
   * Further requirements on labels.
   * @proto 2 @listType atomic
   */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One requirement on one label. */
export interface LabelSelectorRequirement {
  /**
   * The label's key.
   * @proto 1
   */
  readonly key: string;
  /**
   * `In` and `NotIn` compare with `values`; `Exists` and `DoesNotExist` look at the key only.
   * @proto 2
   */
  readonly operator: LabelSelectorOperator;
  /**
   * The values for `In` and `NotIn`; empty for the others.
   * @proto 3 @listType atomic
   */
  readonly values?: readonly string[];
}

/** How a label is compared. Known values: `In`, `NotIn`, `Exists`, `DoesNotExist`. */
export type LabelSelectorOperator = string;

/** One requirement on one field. */
export interface FieldSelectorRequirement {
  /**
   * The field's path, such as `spec.nodeName`.
   * @proto 1
   */
  readonly key: string;
  /**
   * `In`, `NotIn`, `Exists` or `DoesNotExist`.
   * @proto 2
   */
  readonly operator: FieldSelectorOperator;
  /**
   * The values for `In` and `NotIn`; empty for the others.
   * @proto 3 @listType atomic
   */
  readonly values?: readonly string[];
}

/** How a field is compared. Known values: `In`, `NotIn`, `Exists`, `DoesNotExist`. */
export type FieldSelectorOperator = string;
