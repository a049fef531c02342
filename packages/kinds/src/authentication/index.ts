/** The kinds of group authentication.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { selfSubjectReviews, tokenReviews } from './reviews.ts';

export const authenticationResources: readonly ResourceDefinition[] = [
  selfSubjectReviews,
  tokenReviews,
];
