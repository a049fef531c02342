/** Rules for nodes. What a kubelet reports is believed; what others decide about a node mostly stays as it is. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
} from '@navarch/api/field-error';
import { isLabelValue } from '@navarch/api/names';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import type { Taint } from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../../nil.ts';
import {
  checkQualifiedName,
  checkRequiredChoice,
  checkUnique,
  entriesOf,
  type Errors,
} from '../checks.ts';
import { goForm, nodeAddressForm, taintForm } from '../go-form.ts';
import { checkCidr, isDualStack, parseCidr } from '../ip.ts';
import { checkAmount } from '../resource-names.ts';
import { jsonListError, jsonObjectError } from '../secret/json-object.ts';

const specPath = Path.of('spec');
const statusPath = Path.of('status');
const podCidrsPath = specPath.child('podCIDRs');
const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateNode(node: Node): readonly FieldError[] {
  const errors: Errors = [];
  checkAnnotations(node, errors);
  checkTaints(listOf(node.spec.taints), taintsPath, errors);
  checkNodeResources(node, errors);
  checkPodCidrs(listOf(node.spec.podCIDRs), errors);
  return errors;
}

/** The same rules serve updates of the node and of its status. */
export function validateNodeUpdate(node: Node, stored: Node): readonly FieldError[] {
  const errors: Errors = [];
  checkAnnotations(node, errors);
  checkNodeResources(node, errors);
  checkAddresses(node, errors);
  checkFixedFields(node, stored, errors);
  checkTaints(listOf(node.spec.taints), taintsPath, errors);
  if ((node.spec.externalID ?? '') !== (stored.spec.externalID ?? '')) {
    errors.push(forbidden(specPath.child('externalID'), 'may not be updated'));
  }
  return errors;
}

function checkFixedFields({ spec }: Node, { spec: stored }: Node, errors: Errors): void {
  const [now, before] = [listOf(spec.podCIDRs), listOf(stored.podCIDRs)];
  const text = 'node updates may not change podCIDR except from "" to valid';
  if (before.length > 0 && now.length !== before.length) {
    errors.push(forbidden(podCidrsPath, text));
  } else {
    before
      .filter((cidr, i) => cidr !== now[i])
      .forEach(() => errors.push(forbidden(podCidrsPath, text)));
  }
  if (stored.providerID && stored.providerID !== spec.providerID) {
    const idText = 'node updates may not change providerID except from "" to valid';
    errors.push(forbidden(specPath.child('providerID'), idText));
  }
}

const annotationsPath = Path.of('metadata', 'annotations');
const taintsAnnotation = 'scheduler.alpha.kubernetes.io/taints';
const avoidAnnotation = 'scheduler.alpha.kubernetes.io/preferAvoidPods';

/** Annotations that nothing reads any more, and that are still checked. */
function checkAnnotations({ metadata }: Node, errors: Errors): void {
  const taints = metadata.annotations?.[taintsAnnotation];
  if (taints) checkOldTaints(taints, errors);
  const avoided = metadata.annotations?.[avoidAnnotation];
  if (avoided) checkAvoidedPods(avoided, errors);
}

function checkOldTaints(text: string, errors: Errors): void {
  const problem = jsonListError(text, '[]core.Taint');
  if (problem !== undefined) {
    errors.push(invalid(annotationsPath, taintsAnnotation, problem));
    return;
  }
  const taints = objectsOf<Taint>(JSON.parse(text)).map(({ key, value, effect }) => ({
    key: textOf(key),
    value: textOf(value),
    // Known effects are told apart below.
    effect: textOf(effect) as Taint['effect'],
  }));
  checkTaints(taints, annotationsPath.child(taintsAnnotation), errors);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The objects in a list that a client wrote. */
function objectsOf<T>(parsed: unknown): readonly Partial<T>[] {
  const isObject = (entry: unknown): entry is Partial<T> =>
    typeof entry === 'object' && entry !== null;
  return Array.isArray(parsed) ? parsed.filter(isObject) : [];
}

/** Controllers whose pods the node would rather not have. */
function checkAvoidedPods(text: string, errors: Errors): void {
  const problem = jsonObjectError(text, 'v1.AvoidPods');
  if (problem !== undefined) {
    errors.push(invalid(annotationsPath.child('AvoidPods'), avoidAnnotation, problem));
    return;
  }
  const parsed = JSON.parse(text) as { preferAvoidPods?: unknown } | null;
  const entries = objectsOf<AvoidedPods>(parsed?.preferAvoidPods);
  for (const [index, { podSignature }] of entries.entries()) {
    const at = annotationsPath.child(avoidAnnotation).index(index).child('PodSignature');
    if (!podSignature?.podController) errors.push(required(at));
    else if (podSignature.podController.controller !== true) {
      const controllerAt = at.child('PodController', 'Controller');
      errors.push(invalid(controllerAt, false, 'must point to a controller'));
    }
  }
}

interface AvoidedPods {
  readonly podSignature?: {
    readonly podController?: { readonly controller?: boolean } | null;
  } | null;
}

/** Reported under `metadata`, where taints once were. */
const taintsPath = Path.of('metadata', 'taints');

function checkTaints(taints: readonly Taint[], path: Path, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const at = path.index(index);
    const { key, value = '', effect } = taint;
    checkQualifiedName(key, at.child('key'), errors);
    const problems = isLabelValue(value);
    if (problems.length > 0) {
      errors.push(invalid(at.child('value'), value, problems.join(';')));
    }
    checkRequiredChoice(effect, effects, at.child('effect'), errors);
    const pair = `${effect}\n${key}`;
    if (seen.has(pair)) {
      const text = 'taints must be unique by key and effect pair';
      errors.push(duplicate(at, goForm(taintForm, taint), text));
    }
    seen.add(pair);
  }
}

function checkNodeResources({ status }: Node, errors: Errors): void {
  checkResources(status?.capacity, statusPath.child('capacity'), errors);
  checkResources(status?.allocatable, statusPath.child('allocatable'), errors);
}

function checkResources(list: ResourceList | undefined, path: Path, errors: Errors): void {
  for (const [name, amount] of entriesOf(list)) {
    checkAmount(name, amount, path.child(name), errors);
  }
}

function checkAddresses({ status }: Node, errors: Errors): void {
  const path = statusPath.child('addresses');
  const seen = new Set<string>();
  for (const [index, address] of listOf(status?.addresses).entries()) {
    const key = `${address.type}\n${address.address}`;
    if (seen.has(key)) errors.push(duplicate(path.index(index), goForm(nodeAddressForm, address)));
    seen.add(key);
  }
}

function checkPodCidrs(cidrs: readonly string[], errors: Errors): void {
  for (const [index, cidr] of cidrs.entries()) checkCidr(cidr, podCidrsPath.index(index), errors);
  if (cidrs.length <= 1) return;
  if (cidrs.length > 2 || !isDualStack(cidrs.map(parseCidr))) {
    const text = 'may specify no more than one CIDR for each IP family';
    errors.push(invalid(podCidrsPath, cidrs, text));
  }
  const seen = new Set<string>();
  for (const [i, cidr] of cidrs.entries()) checkUnique(cidr, seen, podCidrsPath.index(i), errors);
}
