/** A short way to write policy rules, so that the tables of roles can be read. Lists are words with spaces between them. */
import type { PolicyRule } from '@navarch/api/types/rbac/v1';

export const read = 'get list watch';
export const change = 'create delete deletecollection patch update';
export const all = 'create delete deletecollection get list patch update watch';

/** `core` in `groups` stands for the core group, whose name is empty. */
export function rule(
  verbs: string,
  groups: string,
  resources: string,
  resourceNames?: string,
): PolicyRule {
  return {
    verbs: words(verbs),
    apiGroups: words(groups).map((group) => (group === 'core' ? '' : group)),
    resources: words(resources),
    ...(resourceNames !== undefined && { resourceNames: words(resourceNames) }),
  };
}

/** A rule about paths that are no resources. */
export function paths(verbs: string, urls: string): PolicyRule {
  return { verbs: words(verbs), nonResourceURLs: words(urls) };
}

export const recordEvents: PolicyRule = rule('create patch update', 'core events.k8s.io', 'events');

function words(text: string): readonly string[] {
  return text.split(' ');
}
