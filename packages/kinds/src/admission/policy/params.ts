/** The objects that a policy is given as `params`, by one of its bindings. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { compileSelector } from '@navarch/api/selectors';
import type { CompiledBinding, CompiledPolicy } from './compile.ts';

export type Params =
  /** One evaluation for each; `undefined` is an evaluation without parameters. */
  { readonly objects: readonly (KubernetesObject | undefined)[] } | { readonly problem: string };

const noParams: Params = { objects: [undefined] };

export function paramsFor(
  { source: { spec: policy } }: CompiledPolicy,
  { source: { spec: binding } }: CompiledBinding,
  namespace: string,
  { read, resourceOf }: Pick<RequestContext, 'read'> & { readonly resourceOf: ResourceOf },
): Params {
  const { paramKind } = policy;
  const ref = binding.paramRef;
  if (!paramKind || !ref) return noParams;
  const resource = resourceOf(paramKind.apiVersion ?? '', paramKind.kind ?? '');
  if (!resource) {
    const kind = `${paramKind.apiVersion ?? ''}, Kind=${paramKind.kind ?? ''}`;
    return { problem: `paramKind kind \`${kind}\` not known` };
  }
  if (!resource.isNamespaced && ref.namespace) {
    return { problem: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' };
  }
  const within = resource.isNamespaced ? ref.namespace || namespace : '';
  if (resource.isNamespaced && within === '') {
    return {
      problem:
        'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    };
  }
  const found = ref.name
    ? [read.get(resource, within, ref.name)].filter((object) => object !== undefined)
    : selected(read.list(resource, within), ref.selector);
  if (found.length > 0) return { objects: found };
  if (ref.parameterNotFoundAction === 'Deny') {
    return {
      problem: 'no params found for policy binding with `Deny` parameterNotFoundAction',
    };
  }
  return { objects: [] };
}

/** The resource that objects of a kind are served as; undefined when there is none. */
export type ResourceOf = (
  apiVersion: string,
  kind: string,
) =>
  | { readonly group: string; readonly resource: string; readonly isNamespaced: boolean }
  | undefined;

function selected(
  objects: readonly KubernetesObject[],
  selector: Parameters<typeof compileSelector>[0],
): readonly KubernetesObject[] {
  if (!selector) return [];
  const compiled = compileSelector(selector);
  return objects.filter(({ metadata }) => compiled.matches(metadata.labels ?? {}));
}
