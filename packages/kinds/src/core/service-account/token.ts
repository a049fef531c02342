/** The token subresource of service accounts: a TokenRequest goes in and comes out with a signed token. */
import { afterSeconds } from '@navarch/api/int64';
import type { RequestContext, ServiceAccountClaims } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ActionSubresource } from '@navarch/api/extension/resource';
import { type FieldError, invalid as invalidField, Path } from '@navarch/api/field-error';
import { badRequest, conflict, invalid, notFound } from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import type { BoundObjectReference, TokenRequest } from '@navarch/api/types/authentication/v1';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Draft } from '@navarch/api/types/scalars';

const kind = { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' };
const resource = { group: kind.group, resource: kind.kind };
const accounts = { group: '', resource: 'serviceaccounts' };

const shortestSeconds = 10 * 60;
const longestSeconds = 2 ** 32;
const defaultSeconds = 60 * 60;
const defaultAudience = 'https://kubernetes.default.svc';

export const tokenSubresource: ActionSubresource = {
  type: 'action',
  name: 'token',
  kind,
  verbs: ['create'],
  schema: 'authentication/v1.TokenRequest',
  setDefaults: (draft) => {
    const { spec } = draft as Draft<TokenRequest>;
    if (spec) spec.expirationSeconds ||= defaultSeconds;
  },
  // The registry decodes by the schema above, so that this is what it hands over.
  act: (parent, submitted, context) => issueToken(parent, submitted as TokenRequest, context),
};

interface AccountName {
  readonly namespace: string;
  readonly name: string;
}

async function issueToken(
  parent: AccountName,
  request: TokenRequest,
  context: RequestContext,
): Promise<KubernetesObject> {
  const { namespace, name } = parent;
  checkNames(parent, request);
  const account = context.read.get(accounts, namespace, name);
  if (account === undefined) throw notFound(accounts, name);
  const accountUid = account.metadata.uid ?? '';
  checkAccountUid(name, accountUid, request.metadata.uid);
  const spec = withDefaults(request.spec, context);
  const errors = validateSpec(spec);
  if (errors.length > 0) throw invalid(kind, '', errors);
  const token = await context.services.signServiceAccountToken({
    namespace,
    name,
    uid: accountUid,
    audiences: spec.audiences,
    expirationSeconds: Number(spec.expirationSeconds),
    nowMs: context.nowMs,
    ...bindingOf(spec.boundObjectRef, parent, context),
  });
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {
      ...request.metadata,
      name,
      namespace,
      uid: request.metadata.uid ?? context.services.random.uuid(),
      creationTimestamp: formatTime(context.nowMs),
    },
    spec,
    status: {
      token,
      expirationTimestamp: formatTime(afterSeconds(context.nowMs, spec.expirationSeconds)),
    },
  } as TokenRequest;
}

/** A name or namespace in the body may be left out, but must not disagree with the URL. */
function checkNames({ namespace, name }: AccountName, { metadata }: TokenRequest): void {
  const must = (field: string): string => `must match the service account ${field} if specified`;
  if (metadata.name && metadata.name !== name) {
    throw invalid(kind, name, [invalidField('metadata.name', metadata.name, must('name'))]);
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    const error = invalidField('metadata.namespace', metadata.namespace, must('namespace'));
    throw invalid(kind, name, [error]);
  }
}

function checkAccountUid(name: string, actual: string, claimed: string | undefined): void {
  if (!claimed || claimed === actual) return;
  const message = `the UID in the token request (${claimed}) does not match the UID of the service account (${actual})`;
  throw conflict(resource, name, message);
}

type Spec = TokenRequest['spec'];

function withDefaults(spec: Spec | undefined, context: RequestContext): Spec {
  const audiences = spec?.audiences ?? [];
  const bound = spec?.boundObjectRef;
  const apiAudiences = context.services.apiAudiences ?? [defaultAudience];
  return {
    audiences: audiences.length > 0 ? audiences : apiAudiences,
    expirationSeconds: spec?.expirationSeconds || defaultSeconds,
    boundObjectRef: (bound ? { apiVersion: 'v1', ...bound } : null) as BoundObjectReference,
  };
}

function validateSpec({ expirationSeconds }: Spec): readonly FieldError[] {
  const path = Path.of('spec', 'expirationSeconds');
  if (expirationSeconds < shortestSeconds) {
    return [
      invalidField(path, expirationSeconds, 'may not specify a duration less than 10 minutes'),
    ];
  }
  if (expirationSeconds > longestSeconds) {
    return [
      invalidField(path, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'),
    ];
  }
  return [];
}

type BoundClaims = Pick<ServiceAccountClaims, 'boundTo' | 'node'>;

/** What the token dies with: the object must exist, and be the very one that was asked for. */
function bindingOf(
  reference: BoundObjectReference | null | undefined,
  { namespace, name }: AccountName,
  context: RequestContext,
): BoundClaims {
  if (!reference) return {};
  const { kind: boundKind = '', name: boundName = '', uid: wantedUid = '' } = reference;
  const found = findBound(reference, namespace, context);
  const uid = found.metadata.uid ?? '';
  const claims: BoundClaims = {
    boundTo: { kind: boundKind as 'Pod' | 'Secret' | 'Node', name: boundName, uid },
    ...(boundKind === 'Pod' ? podClaims(found as Pod, name, context) : undefined),
  };
  if (wantedUid !== '' && wantedUid !== uid) {
    const message = `the UID in the bound object reference (${wantedUid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict({ group: '', resource: boundKind }, boundName, message);
  }
  return claims;
}

const bindable: Readonly<
  Record<string, { readonly resource: string; readonly namespaced: boolean }>
> = {
  Pod: { resource: 'pods', namespaced: true },
  Secret: { resource: 'secrets', namespaced: true },
  Node: { resource: 'nodes', namespaced: false },
};

function findBound(
  { apiVersion = '', kind: boundKind = '', name = '' }: BoundObjectReference,
  namespace: string,
  context: RequestContext,
): KubernetesObject {
  const target = apiVersion === '' || apiVersion === 'v1' ? bindable[boundKind] : undefined;
  if (target === undefined) {
    const groupVersion = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
    throw badRequest(`cannot bind token to object of type ${groupVersion}, Kind=${boundKind}`);
  }
  const of = { group: '', resource: target.resource };
  const found = context.read.get(of, target.namespaced ? namespace : '', name);
  if (found === undefined) throw notFound(of, name);
  return found;
}

/** A token of a pod also names the pod's node, so that it can be traced to a machine. */
function podClaims(pod: Pod, account: string, context: RequestContext): BoundClaims {
  if (pod.spec.serviceAccountName !== account) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`,
    );
  }
  const nodeName = pod.spec.nodeName ?? '';
  if (nodeName === '') return {};
  const node = context.read.get<Node>({ group: '', resource: 'nodes' }, '', nodeName);
  return { node: { name: nodeName, uid: node?.metadata.uid ?? '' } };
}
