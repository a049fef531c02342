/** The list of what one may do oneself in a namespace, for clients that want to know in advance. */
import { badRequest } from '@navarch/api/status';
import type { SelfSubjectRulesReview } from '@navarch/api/types/authorization/v1';
import type { NonResourceRule, ResourceRule } from '@navarch/api/extension/context';
import { defineResource } from '../define.ts';
import { plainTable } from '../table/columns.ts';

export const selfSubjectRulesReviews = defineResource<SelfSubjectRulesReview>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  scope: 'Cluster',
  verbs: ['create'],
  answerCreate({ spec, kind, apiVersion }, { user, services }) {
    const namespace = spec.namespace ?? '';
    if (namespace === '') return Promise.reject(badRequest('no namespace on request'));
    const rules = services.rulesFor(user, namespace);
    const status = {
      resourceRules: rules.resourceRules.map(writtenResourceRule),
      nonResourceRules: rules.nonResourceRules.map(writtenPathRule),
      incomplete: rules.incomplete,
      ...(rules.evaluationError && { evaluationError: rules.evaluationError }),
    };
    // The question is not repeated: its spec comes back empty.
    return Promise.resolve({ kind, apiVersion, metadata: {}, spec: {}, status });
  },
  table: plainTable,
});

/** Without what is empty, in the order of the type. */
function writtenResourceRule({ verbs, apiGroups, resources, resourceNames }: ResourceRule) {
  return {
    verbs,
    ...(apiGroups.length > 0 && { apiGroups }),
    ...(resources.length > 0 && { resources }),
    ...(resourceNames.length > 0 && { resourceNames }),
  };
}

function writtenPathRule({ verbs, nonResourceURLs }: NonResourceRule) {
  return { verbs, ...(nonResourceURLs.length > 0 && { nonResourceURLs }) };
}
