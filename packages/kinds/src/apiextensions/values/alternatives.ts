/** allOf, anyOf, oneOf and not. */
import type { FieldError } from '@navarch/api/field-error';
import type { Findings, Reporter } from './findings.ts';
import type { Node } from './node.ts';
import type { Place } from './place.ts';

const none: Findings = { errors: [], matches: 2 };

/** Where no alternative fits, the errors of the one that fits best follow. */
export function alternativeErrors(
  node: Node,
  report: Reporter,
  place: Place,
  examine: (part: Node) => Findings,
): Findings {
  const { allOf, anyOf, oneOf, not } = node.schema;
  if (!allOf && !anyOf && !oneOf && !not) return none;
  const { alternatives } = node;
  const examineAll = (nodes: readonly Node[]): readonly Findings[] => nodes.map(examine);
  const tell = (complaint: string): FieldError => report.alternatives(place, complaint);
  const parts = [
    ...anyOfFindings(examineAll(alternatives.anyOf), tell),
    ...oneOfFindings(examineAll(alternatives.oneOf), tell),
    ...allOfFindings(examineAll(alternatives.allOf), tell),
  ];
  if (alternatives.not && isFine(examine(alternatives.not))) {
    parts.push(ownFinding(tell('must not validate the schema (not)')));
  }
  return {
    errors: parts.flatMap(({ errors }) => errors),
    matches: parts.reduce((sum, { matches }) => sum + matches, none.matches),
  };
}

type Tell = (complaint: string) => FieldError;

function anyOfFindings(found: readonly Findings[], tell: Tell): readonly Findings[] {
  if (found.length === 0) return [];
  const fits = found.find(isFine);
  if (fits) return [fits];
  return [ownFinding(tell('must validate at least one schema (anyOf)')), ...best(found)];
}

function oneOfFindings(found: readonly Findings[], tell: Tell): readonly Findings[] {
  if (found.length === 0) return [];
  const fitting = found.filter(isFine);
  if (fitting.length === 1) return fitting;
  const complaint = 'must validate one and only one schema (oneOf).';
  if (fitting.length > 1) {
    return [ownFinding(tell(`${complaint} Found ${fitting.length} valid alternatives`))];
  }
  return [ownFinding(tell(`${complaint} Found none valid`)), ...best(found)];
}

function allOfFindings(found: readonly Findings[], tell: Tell): readonly Findings[] {
  const fitting = found.filter(isFine).length;
  if (fitting === found.length) return found;
  const none = fitting === 0 ? '. None validated' : '';
  return [...found, ownFinding(tell(`must validate all the schemas (allOf)${none}`))];
}

/** The one in which most was checked; of several, the first. */
function best(found: readonly Findings[]): readonly Findings[] {
  const most = Math.max(...found.map(({ matches }) => matches));
  return found.filter(({ matches }) => matches === most).slice(0, 1);
}

function isFine({ errors }: Findings): boolean {
  return errors.length === 0;
}

function ownFinding(error: FieldError): Findings {
  return { errors: [error], matches: 0 };
}
