/**
 * What an admission webhook is asked, and whether its answer is one: AdmissionReview of admission.k8s.io. The versions v1 and
 * v1beta1 have the same form; v1 is checked more strictly.
 */
import type { AdmissionAttributes, AdmissionOperation } from '@navarch/api/extension/admission';
import type { RequestContext, UserInfo } from '@navarch/api/extension/context';
import { apiVersionOf, type KubernetesObject } from '@navarch/api/extension/object';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import type { AdmissionResponse, AdmissionReview } from '@navarch/api/types/admission/v1';
import { isNamespaceRequest } from '../match/rules.ts';
import { requestedVersion } from '../match/versions.ts';
import type { Invocation } from './invocation.ts';

export interface Question {
  readonly uid: string;
  readonly version: string;
  readonly review: AdmissionReview;
}

/** The objects in the version that the webhook asks for. */
export interface ShownObjects {
  readonly object: KubernetesObject | undefined;
  readonly oldObject: KubernetesObject | undefined;
}

const group = 'admission.k8s.io';
const knownVersions = ['v1', 'v1beta1'];

/** Throws an Error when the webhook understands no version that we speak. */
export function questionOf(
  { hook, as }: Invocation,
  attributes: AdmissionAttributes,
  shown: ShownObjects,
  context: RequestContext,
): Question {
  const version = hook.reviewVersions.find((each) => knownVersions.includes(each));
  if (version === undefined) {
    throw new Error('webhook does not accept known AdmissionReview versions (v1, v1beta1)');
  }
  const { subresource, name, operation } = attributes;
  const requested = requestedVersion(attributes);
  const namespace = attributes.namespace || (isNamespaceRequest(attributes) ? name : '');
  const uid = context.services.random.uuid();
  const request = {
    uid,
    kind: as.kind,
    resource: as.resource,
    ...(subresource === '' ? undefined : { subResource: subresource }),
    requestKind: requested.kind,
    requestResource: requested.resource,
    ...(subresource === '' ? undefined : { requestSubResource: subresource }),
    ...(name === '' ? undefined : { name }),
    ...(namespace === '' ? undefined : { namespace }),
    operation,
    userInfo: describeUser(context.user),
    object: shown.object ?? null,
    oldObject: shown.oldObject ?? null,
    dryRun: isDryRun(attributes, context),
    options: describeOptions(operation, attributes.options, isDryRun(attributes, context)),
  };
  const review = { kind: 'AdmissionReview', apiVersion: `${group}/${version}`, request };
  // Objects and options are raw values, null among them.
  return { uid, version, review: review as unknown as AdmissionReview };
}

/** Deletes may say it in their bodies. */
export function isDryRun({ options }: AdmissionAttributes, { dryRun }: RequestContext): boolean {
  return dryRun || options['dryRun'] === true;
}

function describeUser({ username, uid, groups, extra }: UserInfo): UserInfo {
  return {
    username,
    ...(uid ? { uid } : undefined),
    groups,
    ...(extra && Object.keys(extra).length > 0 ? { extra } : undefined),
  };
}

const optionKinds: Readonly<Record<AdmissionOperation, string>> = {
  CREATE: 'CreateOptions',
  UPDATE: 'UpdateOptions',
  DELETE: 'DeleteOptions',
  CONNECT: '',
};

/** Only what differs from saying nothing. */
function describeOptions(
  operation: AdmissionOperation,
  options: AdmissionAttributes['options'],
  dryRun: boolean,
): unknown {
  const kind = optionKinds[operation];
  if (kind === '') return null;
  const type = { kind, apiVersion: 'meta.k8s.io/v1' };
  const dry = dryRun ? { dryRun: ['All'] } : undefined;
  const said = (name: string): object | undefined =>
    options[name] === undefined || options[name] === '' ? undefined : { [name]: options[name] };
  if (operation === 'DELETE') {
    const preconditions = { ...said('uid'), ...said('resourceVersion') };
    return {
      ...type,
      ...said('gracePeriodSeconds'),
      ...(Object.keys(preconditions).length > 0 ? { preconditions } : undefined),
      ...said('orphanDependents'),
      ...said('propagationPolicy'),
      ...dry,
    };
  }
  const isUsual = options['fieldValidation'] === 'Warn';
  return {
    ...type,
    ...dry,
    ...said('fieldManager'),
    ...(isUsual ? undefined : said('fieldValidation')),
  };
}

export interface Answer {
  readonly allowed: boolean;
  readonly status: AdmissionResponse['status'];
  /** The text of the patch; '' for none. */
  readonly patch: string;
  readonly patchType: string;
  readonly warnings: readonly string[];
  readonly auditAnnotations: Readonly<Record<string, string>>;
}

/** Throws an Error when the text is no review at all. */
export function readReview(text: string): AdmissionReview {
  if (text === '') throw new Error('0-length response with status code: 200 and content type: ');
  const { value, error } = decodeObject(structOf('admission/v1.AdmissionReview'), JSON.parse(text));
  if (error !== undefined) throw new Error(error);
  return value;
}

/** Throws an Error when it answers another question, or has a form that answers may not have. */
export function answerOf(
  { response, kind = '', apiVersion = '' }: AdmissionReview,
  { uid, version }: Question,
  isMutating: boolean,
): Answer {
  if (!response) throw new Error('webhook response was absent');
  const { patch = '', patchType } = response;
  if (version === 'v1') {
    if (response.uid !== uid) {
      const [expected, got] = [JSON.stringify(uid), JSON.stringify(response.uid)];
      throw new Error(`expected response.uid=${expected}, got ${got}`);
    }
    if (kind !== 'AdmissionReview' || apiVersion !== `${group}/v1`) {
      const expected = `${apiVersionOf({ group, version })}, Kind=AdmissionReview`;
      const given = apiVersion === '' ? '/' : apiVersion;
      throw new Error(`expected webhook response of ${expected}, got ${given}, Kind=${kind}`);
    }
    if (isMutating) checkPatch(patch, patchType);
    else checkNoPatch(patch, patchType);
  }
  const isPatched = isMutating && patch !== '';
  return {
    allowed: response.allowed,
    status: response.status,
    patch: isPatched ? textOf(patch) : '',
    patchType: version === 'v1' ? (patchType ?? '') : 'JSONPatch',
    warnings: response.warnings ?? [],
    auditAnnotations: response.auditAnnotations ?? {},
  };
}

function checkPatch(patch: string, patchType: string | undefined): void {
  if (patch !== '' && patchType === undefined) {
    throw new Error('webhook returned response.patch but not response.patchType');
  }
  if (patch === '' && patchType !== undefined) {
    throw new Error('webhook returned response.patchType but not response.patch');
  }
  if (patchType === '') throw new Error('webhook returned invalid response.patchType of ""');
}

function checkNoPatch(patch: string, patchType: string | undefined): void {
  if (patch !== '') throw new Error('validating webhook may not return response.patch');
  if (patchType !== undefined) {
    throw new Error('validating webhook may not return response.patchType');
  }
}

/** UTF-8 in base64. */
function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
