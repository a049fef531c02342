/**
 * MutatingAdmissionWebhook: all that are concerned are asked one after another, each about what the one before made of the object.
 * When one changes it, everybody who changes objects sees it once more; of the webhooks only those that say that they want to, and
 * only if something changed after they were asked.
 */
import type {
  AdmissionAttributes,
  AdmissionPlugin,
  MutatingPass,
} from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { internalError } from '@navarch/api/status';
import { semanticallyEqual } from '../../equal.ts';
import { failedOpenKey, noteMutation, notePatch, type Place } from './annotations.ts';
import { ask, showBoth } from './ask.ts';
import { meetsConditions } from './conditions.ts';
import { createHookSource, type Hook } from './hooks.ts';
import { versionFor } from '../match/versions.ts';
import { type Invocation, invocationOf, isExempt } from './invocation.ts';
import { patched } from './patch.ts';
import { CallFailure, lateRefusal, refusalFor } from './refusal.ts';
import type { Answer } from './review.ts';

const name = 'MutatingAdmissionWebhook';
const hooksInForce = createHookSource('mutatingwebhookconfigurations');

export const mutatingWebhooks: AdmissionPlugin = {
  name,
  handles: (asked) => !isExempt(asked),
  mutate(attributes, context, pass) {
    const hooks = hooksInForce(context.read);
    if (hooks.length === 0) return attributes.object;
    if (!hooks.some((hook) => versionFor(hook, attributes))) return attributes.object;
    return askInTurn(hooks, attributes, context, pass);
  },
};

/** What is known of the first pass, for the second. */
interface Memory {
  /** Asked already, and willing to be asked again. */
  asked: Set<string>;
  /** Of those, the ones after which the object changed. */
  readonly again: Set<string>;
  /** The object when the webhooks were done with it. */
  left: KubernetesObject | undefined;
}

function memoryOf(pass: MutatingPass | undefined): Memory {
  const known = pass?.memory.get(name) as Memory | undefined;
  if (known) return known;
  const made: Memory = { asked: new Set(), again: new Set(), left: undefined };
  pass?.memory.set(name, made);
  return made;
}

function noteChange(memory: Memory): void {
  for (const id of memory.asked) memory.again.add(id);
  memory.asked = new Set();
}

async function askInTurn(
  hooks: readonly Hook[],
  attributes: AdmissionAttributes,
  context: RequestContext,
  pass: MutatingPass | undefined,
): Promise<KubernetesObject | undefined> {
  const memory = memoryOf(pass);
  let { object } = attributes;
  if (pass?.isSecond && !semanticallyEqual(memory.left, object)) noteChange(memory);
  const round = pass?.isSecond ? 1 : 0;
  for (const [index, hook] of hooks.entries()) {
    const now = { ...attributes, object };
    const invocation = invocationOf(hook, now, context);
    if (!invocation || !(await meetsConditions(invocation, now, context))) continue;
    if (pass?.isSecond && !memory.again.has(hook.id)) continue;
    const changed = await askOne(invocation, now, context, { round, index });
    if (changed !== object && !semanticallyEqual(changed, object)) {
      noteChange(memory);
      pass?.again();
    }
    object = changed;
    if (hook.isReinvoked) memory.asked.add(hook.id);
  }
  memory.left = object;
  return object;
}

/** The object as the webhook leaves it. */
async function askOne(
  invocation: Invocation,
  attributes: AdmissionAttributes,
  context: RequestContext,
  place: Place,
): Promise<KubernetesObject | undefined> {
  const { hook } = invocation;
  let changed = attributes.object;
  try {
    const shown = await showBoth(attributes, invocation.as);
    const answer = await ask(invocation, attributes, shown, context, 'mutating');
    changed = await applied(answer, invocation, attributes, shown.object);
    if (changed !== attributes.object) notePatch(context, hook, place, answer.patch);
    return changed;
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (!hook.failsOpen) throw refusalFor(error);
    if (context.signal.aborted) throw lateRefusal();
    context.annotate?.(failedOpenKey('mutating', place.round, place.index), hook.name);
    return attributes.object;
  } finally {
    if (context.annotate) {
      const { object } = attributes;
      const isChanged = changed !== object && !semanticallyEqual(changed, object);
      noteMutation(context, hook, place, isChanged);
    }
  }
}

async function applied(
  { patch, patchType }: Answer,
  { hook, as }: Invocation,
  { object, versions }: AdmissionAttributes,
  shown: KubernetesObject | undefined,
): Promise<KubernetesObject | undefined> {
  if (patch === '') return object;
  const result = patched(hook, shown, patch, patchType);
  if (result === shown || !object) return object;
  if (!versions) return result as KubernetesObject;
  try {
    return await versions.take(result, as, object);
  } catch (error) {
    throw internalError(error);
  }
}
