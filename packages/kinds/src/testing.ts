/** What tests of kinds need: a request without a server behind it. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader, RequestContext, RuleSet } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { errorMessage, type FieldError } from '@navarch/api/field-error';

const noRules: RuleSet = { resourceRules: [], nonResourceRules: [], incomplete: false };

export interface FakeRequest {
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly nowMs?: number;
  /** All that the server's caches show; found by plural, given with it. */
  readonly objects?: readonly (readonly [plural: string, object: KubernetesObject])[];
  readonly rules?: RuleSet;
  /** Verbs that the authorizer allows. */
  readonly allowedVerbs?: readonly string[];
  readonly warnings?: string[];
}

export function fakeContext(request: FakeRequest = {}): RequestContext {
  const { username = 'ann', groups = ['system:authenticated'], warnings = [] } = request;
  const unexpected = () => Promise.reject(new Error('no test expects this'));
  return {
    user: { username, groups },
    userAgent: 'test',
    dryRun: false,
    nowMs: request.nowMs ?? Date.parse('2026-01-01T00:00:00Z'),
    read: fakeReader(request.objects ?? []),
    write: { create: unexpected, update: unexpected, remove: unexpected },
    services: {
      random: { nameSuffix: (length) => 'x'.repeat(length), uuid: () => 'u', integer: () => 0 },
      authorize: ({ verb }) =>
        Promise.resolve({
          decision: request.allowedVerbs?.includes(verb) ? 'allow' : 'noOpinion',
          reason: '',
        }),
      rulesFor: () => request.rules ?? noRules,
      authenticateToken: () => Promise.resolve(undefined),
      signServiceAccountToken: unexpected,
      serviceClusterIpRanges: [],
      serviceNodePortRange: { first: 30_000, last: 32_767 },
    },
    signal: new AbortController().signal,
    warn: (message) => {
      warnings.push(message);
    },
  };
}

function fakeReader(objects: NonNullable<FakeRequest['objects']>): ObjectReader {
  const of = (plural: string, namespace: string) =>
    objects
      .filter(([name]) => name === plural)
      .map(([, object]) => object)
      .filter(({ metadata }) => namespace === '' || metadata.namespace === namespace);
  return {
    get: (resource, namespace, name) =>
      // A test says what it put there.
      of(resource.resource, namespace).find(({ metadata }) => metadata.name === name) as never,
    list: (resource, namespace) => of(resource.resource, namespace) as never,
    listBy: () => [],
    version: () => 0,
  };
}

/** A create of this object, as admission sees it. */
export function creation(
  resource: { readonly group: string; readonly resource: string },
  object: KubernetesObject,
  more: Partial<AdmissionAttributes> = {},
): AdmissionAttributes {
  const { group } = resource;
  return {
    operation: 'CREATE',
    kind: { group, version: 'v1', kind: object.kind ?? '' },
    resource: { ...resource, version: 'v1' },
    subresource: '',
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name ?? '',
    object,
    oldObject: undefined,
    options: {},
    ...more,
  };
}

/** What a plugin makes of a request: the object it leaves, or the words with which it refuses. */
export async function admit(
  plugin: AdmissionPlugin,
  attributes: AdmissionAttributes,
  context: RequestContext,
): Promise<KubernetesObject | string | undefined> {
  if (!plugin.handles(attributes)) return 'not handled';
  try {
    let { object } = attributes;
    if (plugin.mutate) object = await plugin.mutate(attributes, context);
    await plugin.validate?.({ ...attributes, object }, context);
    return object;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Errors as the lines that clients see. */
export function messages(errors: readonly FieldError[]): readonly string[] {
  return errors.map(errorMessage);
}
