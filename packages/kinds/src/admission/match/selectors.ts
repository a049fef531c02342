/** Whether a request's namespace and its objects are among those that a webhook or an admission policy selects. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { compileSelector, everything, type Selector } from '@navarch/api/selectors';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { isNamespaceRequest } from './rules.ts';

/** Compiled once, for as long as what they come from does not change. */
export interface RequestSelectors {
  readonly namespaces: Selector;
  readonly objects: Selector;
}

/** A selector that is left out selects everything. */
export function compileSelectors(from: {
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
}): RequestSelectors {
  return {
    namespaces: from.namespaceSelector ? compileSelector(from.namespaceSelector) : everything,
    objects: from.objectSelector ? compileSelector(from.objectSelector) : everything,
  };
}

/** Objects are selected when the new or the old one is; what has no namespace is selected by any namespace selector. */
export function selects(
  { namespaces, objects }: RequestSelectors,
  attributes: AdmissionAttributes,
  context: RequestContext,
): boolean {
  if (!selectsEither(objects, attributes)) return false;
  if (namespaces === everything) return true;
  const labels = namespaceLabels(attributes, context);
  return labels === undefined || namespaces.matches(labels);
}

function selectsEither(objects: Selector, { object, oldObject }: AdmissionAttributes): boolean {
  if (objects === everything) return true;
  const matches = (candidate: KubernetesObject | undefined): boolean =>
    candidate !== undefined && objects.matches(candidate.metadata.labels ?? {});
  return matches(object) || matches(oldObject);
}

/** Undefined for what is in no namespace. A namespace that is written is judged by the labels it will have. */
function namespaceLabels(
  attributes: AdmissionAttributes,
  { read }: RequestContext,
): Readonly<Record<string, string>> | undefined {
  const { operation, object, subresource, namespace, name } = attributes;
  const isNamespace = isNamespaceRequest(attributes);
  if (isNamespace && object && subresource === '' && operation !== 'DELETE') {
    return object.metadata.labels ?? {};
  }
  const named = isNamespace ? name : namespace;
  if (named === '') return undefined;
  const found = read.get({ group: '', resource: 'namespaces' }, '', named);
  return found?.metadata.labels ?? {};
}
