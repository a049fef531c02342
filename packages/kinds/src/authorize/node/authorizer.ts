/**
 * What a node may do: read what its pods need, report on itself and its pods, and what the static rules for nodes allow.
 * It never denies; a reason comes with its having no opinion, so that who reads the answer learns what was missing.
 */
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  Authorizer,
  ObjectReader,
  RuleSet,
} from '@navarch/api/extension/context';
import type { PolicyRule } from '@navarch/api/types/rbac/v1';
import { ruleAllows } from '../rbac/rule.ts';
import { nodeNameOf } from './identity.ts';
import { isRelated, type RelatedResource } from './related.ts';

type Resource = NonNullable<AuthorizationAttributes['resource']>;

interface Question {
  readonly node: string;
  readonly verb: string;
  readonly resource: Resource;
  readonly read: ObjectReader;
}

/** Why not, or undefined for yes. '' is a no without a reason. */
type Refusal = string | undefined;

/** `rules`: what every node may do where nothing below says otherwise. */
export function createNodeAuthorizer(rules: readonly PolicyRule[]): Authorizer {
  return {
    authorize: (attributes, read) => authorize(rules, attributes, read),
    rulesFor: (user) => (nodeNameOf(user) === undefined ? noRules : rulesUnknown),
  };
}

const noRules: RuleSet = { resourceRules: [], nonResourceRules: [], incomplete: false };
const rulesUnknown: RuleSet = {
  resourceRules: [],
  nonResourceRules: [],
  incomplete: true,
  evaluationError: 'node authorizer does not support user rule resolution',
};
const allowed: AuthorizationDecision = { decision: 'allow', reason: '' };
const noOpinion: AuthorizationDecision = { decision: 'noOpinion', reason: '' };

function authorize(
  rules: readonly PolicyRule[],
  asked: AuthorizationAttributes,
  read: ObjectReader,
): AuthorizationDecision {
  const node = nodeNameOf(asked.user);
  if (node === undefined) return noOpinion;
  if (node === '') return refused(`unknown node for user "${asked.user.username}"`);
  const { resource, verb } = asked;
  const check = resource && checks.get(`${resource.group}/${resource.resource}`);
  if (!check) return rules.some((rule) => ruleAllows(rule, asked)) ? allowed : noOpinion;
  const refusal = check({ node, verb, resource, read });
  return refusal === undefined ? allowed : refused(refusal);
}

function refused(reason: string): AuthorizationDecision {
  return reason === '' ? noOpinion : { decision: 'noOpinion', reason };
}

const checks: ReadonlyMap<string, (question: Question) => Refusal> = new Map([
  ['/secrets', (question) => readRelated(question, 'secrets')],
  ['/configmaps', (question) => readRelated(question, 'configmaps')],
  ['/persistentvolumeclaims', claim],
  ['/persistentvolumes', (question) => getRelated(question, 'persistentvolumes')],
  ['/serviceaccounts', serviceAccount],
  ['/nodes', ownNode],
  ['/pods', ownPods],
  ['resource.k8s.io/resourceclaims', (question) => getRelated(question, 'resourceclaims')],
  ['resource.k8s.io/resourceslices', resourceSlice],
  ['storage.k8s.io/volumeattachments', (question) => getRelated(question, 'volumeattachments')],
  ['storage.k8s.io/csinodes', csiNode],
  ['coordination.k8s.io/leases', lease],
]);

const readVerbs = ['get', 'list', 'watch'];
const objectVerbs = ['get', 'create', 'update', 'patch', 'delete'];

/** One object, read in any way. */
function readRelated(question: Question, related: RelatedResource): Refusal {
  const { verb, resource } = question;
  if (!readVerbs.includes(verb)) return 'can only read resources of this type';
  if (resource.subresource !== '') return 'cannot read subresource';
  if (resource.namespace === '') return 'can only read namespaced object of this type';
  return named(question, related);
}

function getRelated(question: Question, related: RelatedResource): Refusal {
  if (question.verb !== 'get') return 'can only get individual resources of this type';
  if (question.resource.subresource !== '') return 'cannot get subresource';
  return named(question, related);
}

function named(question: Question, related: RelatedResource): Refusal {
  return question.resource.name === '' ? 'No Object name found' : connected(question, related);
}

function connected({ node, resource, read }: Question, related: RelatedResource): Refusal {
  const { namespace, name } = resource;
  if (isRelated(read, node, { resource: related, namespace, name })) return undefined;
  return `no relationship found between node '${node}' and this object`;
}

function claim(question: Question): Refusal {
  if (question.resource.subresource !== 'status') {
    return getRelated(question, 'persistentvolumeclaims');
  }
  if (!['update', 'patch'].includes(question.verb)) return 'can only get/update/patch this type';
  return named(question, 'persistentvolumeclaims');
}

function serviceAccount(question: Question): Refusal {
  const { verb, resource } = question;
  if (verb !== 'create' || resource.name === '') {
    return 'can only create tokens for individual service accounts';
  }
  if (resource.subresource !== 'token')
    return 'can only create token subresource of serviceaccount';
  return connected(question, 'serviceaccounts');
}

function lease({ node, verb, resource }: Question): Refusal {
  if (!objectVerbs.includes(verb)) {
    return 'can only get, create, update, patch, or delete a node lease';
  }
  if (resource.namespace !== 'kube-node-lease') {
    return 'can only access leases in the "kube-node-lease" system namespace';
  }
  // Who creates says the name in the body: admission looks there.
  if (verb === 'create' || resource.name === node) return undefined;
  return 'can only access node lease with the same name as the requesting node';
}

function csiNode({ node, verb, resource }: Question): Refusal {
  if (!objectVerbs.includes(verb))
    return 'can only get, create, update, patch, or delete a CSINode';
  if (resource.subresource !== '') return 'cannot authorize CSINode subresources';
  if (verb === 'create' || resource.name === node) return undefined;
  return 'can only access CSINode with the same name as the requesting node';
}

function resourceSlice(question: Question): Refusal {
  const { node, verb, resource } = question;
  if (resource.subresource !== '') return 'cannot authorize ResourceSlice subresources';
  switch (verb) {
    case 'create':
      return undefined;
    case 'get':
    case 'update':
    case 'patch':
    case 'delete':
      return named(question, 'resourceslices');
    case 'list':
    case 'watch':
    case 'deletecollection':
      if (selects(resource, 'nodeName', node)) return undefined;
      return 'can only list/watch/deletecollection resourceslices with nodeName field selector';
    default:
      return 'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection';
  }
}

/** Which node or pod is written is for admission to check: it sees the object. */
function ownNode({ node, verb, resource }: Question): Refusal {
  if (resource.subresource === 'status') return ['update', 'patch'].includes(verb) ? undefined : '';
  if (resource.subresource !== '') return '';
  if (['create', 'update', 'patch'].includes(verb)) return undefined;
  if (!readVerbs.includes(verb)) return '';
  if (resource.name === node) return undefined;
  const which = resource.name === '' ? 'all nodes' : `'${resource.name}'`;
  return `node '${node}' cannot read ${which}, only its own Node object`;
}

function ownPods(question: Question): Refusal {
  const { node, verb, resource } = question;
  switch (resource.subresource) {
    case 'status':
      return ['update', 'patch'].includes(verb) ? undefined : '';
    case 'eviction':
      return verb === 'create' ? undefined : '';
    case '':
      break;
    default:
      return '';
  }
  switch (verb) {
    case 'get':
      return getRelated(question, 'pods');
    case 'list':
    case 'watch':
      if (selects(resource, 'spec.nodeName', node)) return undefined;
      if (resource.name !== '') return named(question, 'pods');
      return 'can only list/watch pods with spec.nodeName field selector';
    case 'create':
    case 'delete':
      return undefined;
    default:
      return '';
  }
}

function selects({ fieldSelector = '' }: Resource, field: string, value: string): boolean {
  return fieldSelector
    .split(',')
    .some((term) => term === `${field}=${value}` || term === `${field}==${value}`);
}
