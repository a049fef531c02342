/** Whether one set of rules allows all that another does; what it does not allow is said in the words clients know. */
import type { NonResourceRule, ResourceRule, RuleSet } from '@navarch/api/extension/context';
import type { PolicyRule } from '@navarch/api/types/rbac/v1';
import { goQuote } from '@navarch/codec/go/text';
import { listOf } from '../nil.ts';
import { compareText } from '../table/cells.ts';

const any = '*';

/** One right: a single verb on a single resource, object or path. */
interface Right {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly url?: string;
}

/** The rights that `rules` give and `held` does not, as sorted lines; empty when all are held. */
export function missingRights(held: RuleSet, rules: readonly PolicyRule[]): string[] {
  const missing = rules.flatMap(rightsOf).filter((right) => !isHeld(held, right));
  return [...new Set(compact(missing).map(ruleText))].toSorted(compareText);
}

function rightsOf(rule: PolicyRule): Right[] {
  const urls = listOf(rule.nonResourceURLs);
  const names = listOf(rule.resourceNames);
  const rights: Right[] = [];
  for (const group of listOf(rule.apiGroups)) {
    for (const resource of listOf(rule.resources)) {
      for (const verb of listOf(rule.verbs)) {
        if (names.length === 0) rights.push({ verb, group, resource });
        else rights.push(...names.map((name) => ({ verb, group, resource, name })));
      }
    }
  }
  for (const url of urls) rights.push(...listOf(rule.verbs).map((verb) => ({ verb, url })));
  return rights;
}

function isHeld(held: RuleSet, right: Right): boolean {
  return right.url === undefined
    ? held.resourceRules.some((rule) => coversResource(rule, right))
    : held.nonResourceRules.some((rule) => coversUrl(rule, right));
}

function coversResource(rule: ResourceRule, right: Right): boolean {
  const { verb, group = '', resource = '', name } = right;
  return (
    includes(rule.verbs, verb) &&
    includes(rule.apiGroups, group) &&
    (includes(rule.resources, resource) || coversSubresource(rule.resources, resource)) &&
    (rule.resourceNames.length === 0 || (name !== undefined && rule.resourceNames.includes(name)))
  );
}

/** A star before the slash stands for all resources that have the subresource. */
function coversSubresource(resources: readonly string[], wanted: string): boolean {
  const slash = wanted.indexOf('/');
  return slash >= 0 && resources.includes(`${any}${wanted.slice(slash)}`);
}

function coversUrl(rule: NonResourceRule, { verb, url = '' }: Right): boolean {
  return includes(rule.verbs, verb) && rule.nonResourceURLs.some((held) => urlCovers(held, url));
}

function urlCovers(held: string, wanted: string): boolean {
  if (held === any || held === wanted) return true;
  return held.endsWith(any) && wanted.startsWith(held.slice(0, -1));
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes(any) || list.includes(value);
}

interface Compacted extends Omit<Right, 'verb'> {
  readonly verbs: string[];
}

/** Rights on one resource become one line with all their verbs; those on paths stay single, as upstream leaves them. */
function compact(rights: readonly Right[]): Compacted[] {
  const byTarget = new Map<string, Compacted>();
  const lines: Compacted[] = [];
  for (const { verb, ...target } of rights) {
    const key = JSON.stringify([target.group, target.resource, target.name]);
    const known = target.url === undefined ? byTarget.get(key) : undefined;
    if (known) known.verbs.push(verb);
    else {
      const line = { ...target, verbs: [verb] };
      lines.push(line);
      if (target.url === undefined) byTarget.set(key, line);
    }
  }
  return lines;
}

/** `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`. */
function ruleText({ group, resource, name, url, verbs }: Compacted): string {
  const part = (label: string, values: readonly (string | undefined)[]) => {
    const texts = values.filter((value) => value !== undefined).map(goQuote);
    return texts.length === 0 ? [] : [`${label}:[${texts.join(' ')}]`];
  };
  return `{${[
    ...part('APIGroups', [group]),
    ...part('Resources', [resource]),
    ...part('NonResourceURLs', [url]),
    ...part('ResourceNames', [name]),
    ...part('Verbs', verbs),
  ].join(', ')}}`;
}
