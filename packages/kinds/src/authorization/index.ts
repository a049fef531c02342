/** The kinds of group authorization.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import {
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  subjectAccessReviews,
} from './access-reviews.ts';
import { selfSubjectRulesReviews } from './rules-review.ts';

export const authorizationResources: readonly ResourceDefinition[] = [
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  selfSubjectRulesReviews,
  subjectAccessReviews,
];
