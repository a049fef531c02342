/** What expressions in Kubernetes v1.36 may use beside CEL's standard library. */
import { literalChecks } from '@navarch/cel/functions/literal-checks';
import { optionals } from '@navarch/cel/functions/optionals';
import type { Library } from '@navarch/cel/declarations';
import { authorizerLibrary } from './authorizer.ts';

export const kubernetesLibraries: readonly Library[] = [
  optionals,
  literalChecks,
  authorizerLibrary,
];
