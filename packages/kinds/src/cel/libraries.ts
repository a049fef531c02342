/** What expressions in Kubernetes v1.36 may use beside CEL's standard library. */
import type { Library } from '@navarch/cel/declarations';
import { kubernetesLibraries as withoutAuthorizer } from '@navarch/cel/library/kubernetes';
import { authorizerLibrary } from './authorizer.ts';
import { namedFormats } from './named-formats.ts';

export const kubernetesLibraries: readonly Library[] = [
  ...withoutAuthorizer,
  namedFormats,
  authorizerLibrary,
];
