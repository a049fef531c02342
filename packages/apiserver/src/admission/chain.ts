/**
 * Admission compiled per resource: for each operation the plugins that care about it, in their order. Where none does, a write
 * pays nothing; where all are synchronous, it does not wait.
 */
import type {
  AdmissionAttributes,
  AdmissionOperation,
  AdmissionPlugin,
  MutatingPass,
} from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { keepOwners } from './keep-owners.ts';

interface CompiledPlugins {
  readonly mutating: readonly AdmissionPlugin[];
  readonly validating: readonly AdmissionPlugin[];
}

const nothing: CompiledPlugins = { mutating: [], validating: [] };

export class AdmissionChain {
  readonly #plugins: readonly AdmissionPlugin[];
  readonly #resource: AdmissionAttributes['resource'];
  readonly #compiled = new Map<string, CompiledPlugins>();

  /** `plugins` in their order: all mutate before any validates. */
  constructor(plugins: readonly AdmissionPlugin[], resource: AdmissionAttributes['resource']) {
    this.#plugins = plugins;
    this.#resource = resource;
  }

  /** Whether any plugin cares, so that nobody need describe the request. */
  concerns(operation: AdmissionOperation, subresource: string): boolean {
    const { mutating, validating } = this.#for(operation, subresource);
    return mutating.length > 0 || validating.length > 0;
  }

  /** The object to go on with. A promise only when a plugin has to wait. */
  mutate(
    attributes: AdmissionAttributes,
    context: RequestContext,
  ): KubernetesObject | undefined | Promise<KubernetesObject | undefined> {
    const { mutating } = this.#for(attributes.operation, attributes.subresource);
    if (mutating.length === 0) return attributes.object;
    const pass = new Pass();
    const round = { plugins: mutating, context, pass };
    const settle = (object: MaybeObject): MaybeObject =>
      keepOwners(attributes.object, object, context);
    const first = mutateFrom(round, 0, attributes);
    const second =
      first instanceof Promise
        ? first.then((object) => secondPass(round, attributes, object))
        : secondPass(round, attributes, first);
    return second instanceof Promise ? second.then(settle) : settle(second);
  }

  /** Throws, or rejects, when a plugin refuses. A promise only when a plugin has to wait. */
  validate(attributes: AdmissionAttributes, context: RequestContext): void | Promise<void> {
    const { validating } = this.#for(attributes.operation, attributes.subresource);
    return validateFrom(validating, 0, attributes, context);
  }

  #for(operation: AdmissionOperation, subresource: string): CompiledPlugins {
    if (this.#plugins.length === 0) return nothing;
    const key = subresource === '' ? operation : `${operation}/${subresource}`;
    const known = this.#compiled.get(key);
    if (known) return known;
    const attributes = { operation, resource: this.#resource, subresource };
    const concerned = this.#plugins.filter((plugin) => plugin.handles(attributes));
    const compiled = {
      mutating: concerned.filter((plugin) => plugin.mutate !== undefined),
      validating: concerned.filter((plugin) => plugin.validate !== undefined),
    };
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

class Pass implements MutatingPass {
  isSecond = false;
  isWanted = false;
  #memory: Map<string, unknown> | undefined;

  again(): void {
    this.isWanted = true;
  }

  get memory(): Map<string, unknown> {
    return (this.#memory ??= new Map());
  }
}

type MaybeObject = KubernetesObject | undefined;

/** Everything that changes objects once more, if somebody asked for it. */
function secondPass(
  round: Round,
  attributes: AdmissionAttributes,
  object: MaybeObject,
): MaybeObject | Promise<MaybeObject> {
  if (!round.pass.isWanted) return object;
  round.pass.isSecond = true;
  return mutateFrom(round, 0, { ...attributes, object });
}

interface Round {
  readonly plugins: readonly AdmissionPlugin[];
  readonly context: RequestContext;
  readonly pass: Pass;
}

function mutateFrom(
  round: Round,
  start: number,
  attributes: AdmissionAttributes,
): MaybeObject | Promise<MaybeObject> {
  const { plugins, context, pass } = round;
  let { object } = attributes;
  for (let index = start; index < plugins.length; index++) {
    const next = object === attributes.object ? attributes : { ...attributes, object };
    const mutated = plugins[index]?.mutate?.(next, context, pass);
    if (mutated instanceof Promise) {
      return mutated.then((settled) =>
        mutateFrom(round, index + 1, { ...attributes, object: settled }),
      );
    }
    object = mutated;
  }
  return object;
}

function validateFrom(
  plugins: readonly AdmissionPlugin[],
  start: number,
  attributes: AdmissionAttributes,
  context: RequestContext,
): void | Promise<void> {
  for (let index = start; index < plugins.length; index++) {
    const waiting = plugins[index]?.validate?.(attributes, context);
    if (waiting instanceof Promise) {
      return waiting.then(() => validateFrom(plugins, index + 1, attributes, context));
    }
  }
}
