/** Everything that Kubernetes v1.36 enables beside CEL's standard library, but for the authorizer and named formats, which kinds bring. */
import type { Library } from '../declarations.ts';
import { literalArguments } from '../validate/literal-arguments.ts';
import { optionals } from '../functions/optionals.ts';
import { twoVariableComprehensions } from '../macros/two-variable.ts';
import { cidrLibrary, ipLibrary } from './ip.ts';
import { listExtension } from './list-extension.ts';
import { listsLibrary } from './lists.ts';
import { quantityLibrary } from './quantity.ts';
import { regexLibrary } from './regex.ts';
import { semverLibrary } from './semver.ts';
import { setsLibrary } from './sets.ts';
import { stringsLibrary } from './strings.ts';
import { urlLibrary } from './url.ts';

export const kubernetesLibraries: readonly Library[] = [
  optionals,
  twoVariableComprehensions,
  literalArguments,
  stringsLibrary,
  setsLibrary,
  listExtension,
  listsLibrary,
  regexLibrary,
  quantityLibrary,
  ipLibrary,
  cidrLibrary,
  urlLibrary,
  semverLibrary,
];
