/** What the documents are made from: the served resources. Definitions of resources have this shape. */
export interface OpenApiResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly verbs: readonly string[];
  /** The name of its schema, such as `core/v1.Pod`; of no use when there is a definition. */
  readonly schema?: string;
  /** The schema of a custom resource, as JSON schema, published as it is. */
  readonly definition?: Readonly<Record<string, unknown>>;
  readonly subresources?: readonly OpenApiSubresource[];
}

export interface OpenApiSubresource {
  readonly name: string;
  readonly kind: OpenApiKind;
  readonly verbs: readonly string[];
}

export interface OpenApiKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
}

/** `v1`, `apps/v1` */
export function groupVersionText({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `/api/v1`, `/apis/apps/v1` */
export function rootPath(of: { group: string; version: string }): string {
  return of.group === '' ? `/api/${of.version}` : `/apis/${groupVersionText(of)}`;
}
