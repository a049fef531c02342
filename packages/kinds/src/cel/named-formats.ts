/** The formats that expressions know by name: rules of names, and formats of definitions. */
import {
  isDns1035Label,
  isDns1123Label,
  isDns1123Subdomain,
  isLabelValue,
  isQualifiedName,
  maskTrailingDash,
} from '@navarch/api/names';
import { formatLibrary, type NamedFormat } from '@navarch/cel/library/format';
import { urlProblem } from '@navarch/cel/library/url';
import { formatCheck } from '../apiextensions/values/formats.ts';

type Check = NamedFormat['check'];

const format = (check: Check, patternLength: number): NamedFormat => ({ check, patternLength });

/** A name that goes on. */
const prefix =
  (check: Check): Check =>
  (text) =>
    check(maskTrailingDash(text));

function known(name: string, problem: string): Check {
  const isFine = formatCheck(name);
  return (text) => (isFine?.(text) === false ? [problem] : []);
}

function uriProblems(text: string): readonly string[] {
  const problem = urlProblem(text);
  return problem === undefined ? [] : [problem];
}

/** Upstream's lengths of patterns: what a check costs depends on them. */
export const namedFormats = formatLibrary({
  dns1123Label: format(isDns1123Label, 30),
  dns1123Subdomain: format(isDns1123Subdomain, 60),
  dns1035Label: format(isDns1035Label, 30),
  qualifiedName: format(isQualifiedName, 60),
  dns1123LabelPrefix: format(prefix(isDns1123Label), 30),
  dns1123SubdomainPrefix: format(prefix(isDns1123Subdomain), 60),
  dns1035LabelPrefix: format(prefix(isDns1035Label), 30),
  labelValue: format(isLabelValue, 40),
  uri: format(uriProblems, 1103),
  uuid: format(known('uuid', 'does not match the UUID format'), 70),
  byte: format(known('byte', 'invalid base64'), 84),
  date: format(known('date', 'invalid date'), 71),
  datetime: format(known('datetime', 'invalid datetime'), 71),
});
