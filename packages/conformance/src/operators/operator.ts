/** What an operator brings with it, and how its definitions are written. */
import type { Structural } from './structural.ts';

export interface Operator {
  readonly name: string;
  readonly definitions: readonly Definition[];
  /** Typical objects; all of them valid. */
  readonly objects: readonly CustomObject[];
  /** Objects that its schemas refuse, with a word of each refusal. */
  readonly refused: readonly { readonly object: CustomObject; readonly says: RegExp }[];
  /** What is printed: arguments of kubectl, and what they show. */
  readonly prints: readonly { readonly run: string; readonly shows: RegExp }[];
}

export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
  readonly [member: string]: unknown;
}

export interface Definition {
  readonly metadata: { readonly name: string };
  readonly [member: string]: unknown;
}

export interface DefinitionParts {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope?: 'Namespaced' | 'Cluster';
  /** The first is stored. */
  readonly versions: readonly string[];
  readonly spec: Structural;
  readonly status?: Structural;
  /** More keywords of the root. */
  readonly root?: Structural;
  readonly columns?: readonly Column[];
  readonly scale?: {
    readonly specReplicasPath: string;
    readonly statusReplicasPath: string;
    readonly labelSelectorPath?: string;
  };
}

export type Column = readonly [name: string, type: string, jsonPath: string];

export function definition(parts: DefinitionParts): Definition {
  const { group, kind, plural, versions, scope = 'Namespaced', scale } = parts;
  const schema = {
    type: 'object',
    description: `${kind} of ${group}.`,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: parts.spec,
      ...(parts.status && { status: parts.status }),
    },
    required: ['spec'],
    ...parts.root,
  };
  const columns = (parts.columns ?? []).map(([name, type, jsonPath]) => ({ name, type, jsonPath }));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        ...(parts.shortNames && { shortNames: parts.shortNames }),
        ...(parts.categories && { categories: parts.categories }),
      },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: schema },
        subresources: { status: {}, ...(scale && { scale }) },
        additionalPrinterColumns: columns,
      })),
    },
  };
}
