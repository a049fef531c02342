/** Rules for where a pod may run: node selectors, affinity, tolerations, spreading. */
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain, isLabelValue } from '@navarch/api/names';
import type {
  Affinity,
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from '@navarch/api/types/core/v1/scheduling';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { validateLabelSelector } from '../../label-selector.ts';
import { listOf } from '../../nil.ts';
import {
  checkChoice,
  checkQualifiedName,
  checkText,
  type Errors,
  notPositiveText,
} from '../checks.ts';

export function checkAffinity(affinity: Affinity, path: Path, errors: Errors): void {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  if (nodeAffinity) checkNodeAffinity(nodeAffinity, path.child('nodeAffinity'), errors);
  if (podAffinity) checkPodAffinity(podAffinity, path.child('podAffinity'), errors);
  if (podAntiAffinity) checkPodAffinity(podAntiAffinity, path.child('podAntiAffinity'), errors);
}

const requiredName = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredName = 'preferredDuringSchedulingIgnoredDuringExecution';

function checkNodeAffinity(affinity: NodeAffinity, path: Path, errors: Errors): void {
  const needed = affinity[requiredName];
  if (needed) checkNodeSelector(needed, path.child(requiredName), errors);
  for (const [index, { weight, preference }] of listOf(affinity[preferredName]).entries()) {
    const at = path.child(preferredName).index(index);
    checkWeight(weight, at.child('weight'), errors);
    checkNodeSelectorTerm(preference, at.child('preference'), errors, 'any');
  }
}

export function checkNodeSelector(
  { nodeSelectorTerms }: NodeSelector,
  path: Path,
  errors: Errors,
): void {
  const at = path.child('nodeSelectorTerms');
  const terms = listOf(nodeSelectorTerms);
  if (terms.length === 0) errors.push(required(at, 'must have at least one node selector term'));
  for (const [index, term] of terms.entries())
    checkNodeSelectorTerm(term, at.index(index), errors, 'labels');
}

/** Preferences may ask for values that no label can have: they only never match. */
function checkNodeSelectorTerm(
  { matchExpressions, matchFields }: NodeSelectorTerm,
  path: Path,
  errors: Errors,
  values: 'labels' | 'any',
): void {
  for (const [index, requirement] of listOf(matchExpressions).entries()) {
    const at = path.child('matchExpressions').index(index);
    checkExpression(requirement, at, errors);
    if (values === 'any') continue;
    for (const [valueIndex, value] of listOf(requirement.values).entries()) {
      checkText(isLabelValue, value, at.child('values').index(valueIndex), errors);
    }
  }
  for (const [index, requirement] of listOf(matchFields).entries()) {
    checkField(requirement, path.child('matchFields').index(index), errors);
  }
}

function checkExpression(
  { key, operator, values }: NodeSelectorRequirement,
  path: Path,
  errors: Errors,
): void {
  const count = listOf(values).length;
  const at = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (count === 0)
        errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0) {
        errors.push(
          forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      }
      break;
    case 'Gt':
    case 'Lt':
      if (count !== 1) {
        errors.push(required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
      }
      break;
    default:
      errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  checkQualifiedName(key, path.child('key'), errors);
}

/** The only field is the name, and it has one value. */
function checkField(
  { key, operator, values }: NodeSelectorRequirement,
  path: Path,
  errors: Errors,
): void {
  if (operator !== 'In' && operator !== 'NotIn') {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  } else if (listOf(values).length !== 1) {
    const text =
      "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(path.child('values'), text));
  }
  if (key !== 'metadata.name') {
    errors.push(invalid(path.child('key'), key, 'not a valid field selector key'));
    return;
  }
  for (const [index, value] of listOf(values).entries()) {
    checkText(isDns1123Subdomain, value, path.child('values').index(index), errors);
  }
}

function checkWeight(weight: number, path: Path, errors: Errors): void {
  if (weight <= 0 || weight > 100) errors.push(invalid(path, weight, 'must be in the range 1-100'));
}

function checkPodAffinity(affinity: PodAffinity, path: Path, errors: Errors): void {
  for (const [index, term] of listOf(affinity[requiredName]).entries()) {
    checkTerm(term, path.child(requiredName).index(index), errors);
  }
  for (const [index, { weight, podAffinityTerm }] of listOf(affinity[preferredName]).entries()) {
    const at = path.child(preferredName).index(index);
    checkWeight(weight, at.child('weight'), errors);
    checkTerm(podAffinityTerm, at.child('podAffinityTerm'), errors);
  }
}

function checkTerm(term: PodAffinityTerm, path: Path, errors: Errors): void {
  errors.push(...validateLabelSelector(term.labelSelector, path.child('labelSelector')));
  errors.push(...validateLabelSelector(term.namespaceSelector, path.child('namespaceSelector')));
  for (const name of listOf(term.namespaces))
    checkText(isDns1123Label, name, path.child('namespace'), errors);
  checkLabelKeys(term, path, errors);
  const at = path.child('topologyKey');
  if (term.topologyKey === '') errors.push(required(at, 'can not be empty'));
  checkQualifiedName(term.topologyKey, at, errors);
}

const noSelectorText = 'must not be specified when labelSelector is not set';
const bothText = 'exists in both matchLabelKeys and labelSelector';

function checkLabelKeys(term: PodAffinityTerm, path: Path, errors: Errors): void {
  const { labelSelector } = term;
  for (const name of ['matchLabelKeys', 'mismatchLabelKeys'] as const) {
    const keys = listOf(term[name]);
    const at = path.child(name);
    if (keys.length > 0 && labelSelector === undefined) errors.push(forbidden(at, noSelectorText));
    else keys.forEach((key, index) => checkQualifiedName(key, at.index(index), errors));
  }
  const matched = listOf(term.matchLabelKeys);
  if (labelSelector) checkMergedKeys(labelSelector, matched, path, errors);
  const mismatched = listOf(term.mismatchLabelKeys);
  for (const [index, key] of matched.entries()) {
    if (!mismatched.includes(key)) continue;
    const at = path.child('matchLabelKeys').index(index);
    errors.push(invalid(at, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
  }
}

/**
 * When this runs, the keys of a new pod are in its selector already: what is there twice was there before. The messages name
 * the term by the key's index, without the field, as upstream's do.
 */
function checkMergedKeys(
  selector: LabelSelector,
  matched: readonly string[],
  path: Path,
  errors: Errors,
): void {
  const seen = new Set(Object.keys(selector.matchLabels ?? {}));
  for (const { key } of listOf(selector.matchExpressions)) {
    if (matched.includes(key) && seen.has(key)) {
      errors.push(invalid(path.index(matched.lastIndexOf(key)), key, bothText));
    }
    seen.add(key);
  }
}

const tolerationOperators: readonly string[] = ['Equal', 'Exists'];

export function checkTolerations(
  tolerations: readonly Toleration[],
  path: Path,
  errors: Errors,
): void {
  for (const [index, toleration] of tolerations.entries())
    checkToleration(toleration, path.index(index), errors);
}

function checkToleration(toleration: Toleration, path: Path, errors: Errors): void {
  const { key = '', operator = '', value = '', effect, tolerationSeconds } = toleration;
  const at = path.child('operator');
  if (key !== '') checkQualifiedName(key, path.child('key'), errors);
  else if (operator !== 'Exists') {
    const text =
      'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(at, operator, text));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    const text = "effect must be 'NoExecute' when `tolerationSeconds` is set";
    errors.push(invalid(path.child('effect'), effect ?? '', text));
  }
  if (operator === 'Exists') {
    if (value !== '')
      errors.push(invalid(at, value, "value must be empty when `operator` is 'Exists'"));
  } else if (operator === 'Equal' || operator === '') {
    const messages = isLabelValue(value);
    if (messages.length > 0) errors.push(invalid(at, value, messages.join(';')));
  } else errors.push(notSupported(at, operator, tolerationOperators));
  if (effect) checkTaintEffect(effect, path.child('effect'), errors);
}

export function checkTaintEffect(effect: string, path: Path, errors: Errors): void {
  checkChoice(effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'], path, errors);
}

export function checkSpread(
  constraints: readonly TopologySpreadConstraint[],
  path: Path,
  errors: Errors,
): void {
  for (const [index, constraint] of constraints.entries()) {
    checkConstraint(constraint, constraints.slice(index + 1), path.index(index), errors);
  }
}

const inclusionPolicies: readonly string[] = ['Honor', 'Ignore'];

function checkConstraint(
  constraint: TopologySpreadConstraint,
  others: readonly TopologySpreadConstraint[],
  path: Path,
  errors: Errors,
): void {
  const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint;
  if (maxSkew <= 0) errors.push(invalid(path.child('maxSkew'), maxSkew, notPositiveText));
  if (topologyKey === '') errors.push(required(path.child('topologyKey'), 'can not be empty'));
  checkChoice(
    whenUnsatisfiable,
    ['DoNotSchedule', 'ScheduleAnyway'],
    path.child('whenUnsatisfiable'),
    errors,
  );
  if (
    others.some(
      (other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
    )
  ) {
    const at = path.child('{topologyKey, whenUnsatisfiable}');
    errors.push(duplicate(at, `{${topologyKey}, ${whenUnsatisfiable}}`));
  }
  if (minDomains !== undefined)
    checkMinDomains(minDomains, whenUnsatisfiable, path.child('minDomains'), errors);
  for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const policy = constraint[name];
    if (policy !== undefined) checkChoice(policy, inclusionPolicies, path.child(name), errors);
  }
  checkSpreadKeys(constraint, path.child('matchLabelKeys'), errors);
  errors.push(...validateLabelSelector(labelSelector, path.child('labelSelector')));
}

function checkMinDomains(minDomains: number, action: string, path: Path, errors: Errors): void {
  if (minDomains <= 0) errors.push(invalid(path, minDomains, notPositiveText));
  if (action === 'DoNotSchedule') return;
  const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  errors.push(invalid(path, minDomains, text));
}

function checkSpreadKeys(
  { matchLabelKeys, labelSelector }: TopologySpreadConstraint,
  path: Path,
  errors: Errors,
): void {
  const keys = listOf(matchLabelKeys);
  if (keys.length === 0) return;
  if (labelSelector === undefined) errors.push(forbidden(path, noSelectorText));
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  const twice = new Set<string>();
  for (const { key } of listOf(labelSelector?.matchExpressions)) {
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  for (const [index, key] of keys.entries()) {
    const at = path.index(index);
    checkQualifiedName(key, at, errors);
    if (twice.has(key)) errors.push(invalid(at, key, bothText));
  }
}
