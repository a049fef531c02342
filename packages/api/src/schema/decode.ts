/**
 * Turns a JSON value into what Go would have left of it: values have the right types, unknown fields are gone and
 * reported, properties are in canonical order, zero values are written or dropped as Go's encoder would, and quantities,
 * times and bytes are in their canonical form.
 *
 * Never changes its input, and shares with it whatever needed no change. Path text is only built for reports.
 */
import {
  op,
  presence,
  structOfPlan,
  structPlan,
  type FieldPlan,
  type StructPlan,
  type ValuePlan,
} from './decode-plan.ts';
import { conversionErrorText, DecodeAbort, describePath, typeErrorText } from './decode-error.ts';
import { goTypeOf as goName } from './schema.ts';
import {
  convertedInteger,
  decodeScalar,
  isInt32,
  plainNumbers,
  type ScalarResult,
} from './decode-scalar.ts';
import { fits, isEmptied, isObject, isZero } from './decode-value.ts';
import type { StructSchema } from './schema.ts';

export interface DecodeOptions {
  /** The input may hold NumberLiterals: it was parsed with exact numbers. */
  readonly exactNumbers?: boolean;
  /**
   * As it comes back from upstream's store, whose encoding knows no empty lists and maps: where one would be written, null
   * is. Clients see that in every answer.
   */
  readonly asStored?: boolean;
  /**
   * Whose messages to give for wrong types: those of Go's JSON decoder, or those of upstream's conversion of objects that
   * were decoded before, which it uses after strategic merge patches and server-side apply. Default `decoder`.
   */
  readonly words?: 'decoder' | 'converter';
}

/** A field that is not in the schema. It was dropped; strict validation refuses it, others warn. */
export interface DecodeProblem {
  readonly kind: 'unknown';
  /** `spec.containers[0].nme` */
  readonly path: string;
  /** `unknown field "spec.containers[0].nme"` */
  readonly message: string;
}

export interface Decoded {
  readonly value: Record<string, unknown>;
  /** In the order of the input; at most `problemsMax`. */
  readonly problems: readonly DecodeProblem[];
  /** Set when a value has a wrong type or form: Go's message. The value is of no use then. */
  readonly error: string | undefined;
}

/** Upstream stops counting here. */
export const problemsMax = 100;

export function decodeObject(
  schema: StructSchema,
  input: unknown,
  options?: DecodeOptions,
): Decoded {
  const decoder = new Decoder(schema, options ?? {});
  try {
    const value = decoder.root(input);
    return { value, problems: decoder.problems, error: decoder.error };
  } catch (error) {
    if (!(error instanceof DecodeAbort)) throw error;
    return { value: {}, problems: decoder.problems, error: error.message };
  }
}

class Decoder {
  readonly problems: DecodeProblem[] = [];
  /** The first wrong type. Decoding goes on, because Go's does, and a malformed value later on is said instead. */
  error: string | undefined;
  readonly #schema: StructSchema;
  readonly #exact: boolean;
  readonly #asStored: boolean;
  readonly #converts: boolean;
  /** Where we are: names, keys and indexes; valid up to `#depth`. */
  readonly #path: (string | number)[] = [];
  #depth = 0;
  /** Decoded members of the structs that are open, as pairs of stacks; valid up to `#top`. */
  readonly #indexes: number[] = [];
  readonly #values: unknown[] = [];
  #top = 0;
  /** Inside unions Go decodes leniently, whatever the directive. */
  #lenient = 0;

  constructor(schema: StructSchema, options: DecodeOptions) {
    this.#schema = schema;
    this.#exact = options.exactNumbers === true;
    this.#asStored = options.asStored === true;
    this.#converts = options.words === 'converter';
  }

  root(input: unknown): Record<string, unknown> {
    const plan = structPlan(this.#schema);
    if (isObject(input)) return this.#struct(plan, input);
    if (input !== null) this.error = typeErrorText(this.#schema, [], input, goName(this.#schema));
    return this.#struct(plan, {});
  }

  #struct(plan: StructPlan, input: Record<string, unknown>): Record<string, unknown> {
    const base = this.#top;
    let last = -1;
    let ordered = true;
    let changed = false;
    for (const key in input) {
      const field = plan.byName.get(key);
      if (field === undefined) {
        this.#unknown(key);
        changed = true;
        continue;
      }
      const raw = input[key];
      const value = this.#member(field, raw);
      if (value !== raw) changed = true;
      if (value === undefined) continue;
      if (field.index < last) ordered = false;
      last = field.index;
      this.#push(field.index, value);
    }
    for (const field of plan.always) {
      if (input[field.name] !== undefined) continue;
      this.#push(field.index, field.zero);
      changed = true;
      ordered = false;
    }
    if (ordered && !changed) {
      this.#top = base;
      return input;
    }
    return this.#emit(plan, base, ordered);
  }

  /** The value of a field; undefined when it is not to be written. */
  #member(field: FieldPlan, raw: unknown): unknown {
    if (raw === null || raw === undefined) {
      return field.presence === presence.always ? field.zero : undefined;
    }
    if (field.plan.op === op.string && typeof raw === 'string') {
      return raw === '' && field.presence === presence.implicit ? undefined : raw;
    }
    this.#path[this.#depth++] = field.name;
    const value = this.#value(field.plan, raw);
    this.#depth--;
    if (value === undefined) return field.presence === presence.always ? field.zero : undefined;
    if (field.presence === presence.implicit) return isZero(field.plan, value) ? undefined : value;
    return this.#asStored && isEmptied(field, value) ? null : value;
  }

  #push(index: number, value: unknown): void {
    this.#indexes[this.#top] = index;
    this.#values[this.#top++] = value;
  }

  #emit(plan: StructPlan, base: number, ordered: boolean): Record<string, unknown> {
    const end = this.#top;
    if (!ordered) this.#sort(base, end);
    const out: Record<string, unknown> = {};
    for (let i = base; i < end; i++) {
      const field = plan.fields[this.#indexes[i] ?? 0];
      if (field !== undefined) out[field.name] = this.#values[i];
      this.#values[i] = undefined;
    }
    this.#top = base;
    return out;
  }

  /** By insertion: a struct has few members, and most come in order. */
  #sort(base: number, end: number): void {
    for (let i = base + 1; i < end; i++) {
      const index = this.#indexes[i] ?? 0;
      const value = this.#values[i];
      let at = i - 1;
      for (; at >= base && (this.#indexes[at] ?? 0) > index; at--) {
        this.#indexes[at + 1] = this.#indexes[at] ?? 0;
        this.#values[at + 1] = this.#values[at];
      }
      this.#indexes[at + 1] = index;
      this.#values[at + 1] = value;
    }
  }

  /** Undefined when the type is wrong; that was noted then. */
  #value(plan: ValuePlan, raw: unknown): unknown {
    switch (plan.op) {
      case op.string:
        return typeof raw === 'string' ? raw : this.#wrongType(plan, raw);
      case op.boolean:
        return typeof raw === 'boolean' ? raw : this.#wrongType(plan, raw);
      case op.int32:
        return isInt32(raw) ? raw : this.#scalar(plan, raw);
      case op.struct:
        return isObject(raw) ? this.#struct(structOfPlan(plan), raw) : this.#wrongType(plan, raw);
      case op.list:
        return Array.isArray(raw) ? this.#list(plan, raw) : this.#wrongType(plan, raw);
      case op.map:
        return isObject(raw) ? this.#map(plan, raw) : this.#wrongType(plan, raw);
      case op.any:
      case op.rawExtension:
        return this.#exact ? plainNumbers(raw) : raw;
      case op.union:
        return this.#union(plan, raw);
      default:
        return this.#scalar(plan, raw);
    }
  }

  #scalar(plan: ValuePlan, raw: unknown): unknown {
    const result = decodeScalar(plan.op, raw);
    if (result.kind === 'value') return result.value;
    if (this.#converts) return convert(plan, raw, result);
    if (result.kind === 'malformed') return this.#note(result.message);
    if (result.kind === 'abort') throw new DecodeAbort(result.message);
    const type = result.goType ?? goName(plan.schema);
    const text = typeErrorText(this.#schema, this.#here(), raw, type, result.asNumber);
    if (result.goType !== undefined) throw new DecodeAbort(text);
    return this.#note(text);
  }

  #list(plan: ValuePlan, raw: readonly unknown[]): readonly unknown[] {
    const item = plan.item;
    if (item === undefined) return raw;
    let out: unknown[] | undefined;
    for (let i = 0; i < raw.length; i++) {
      const before = raw[i];
      this.#path[this.#depth++] = i;
      const after = this.#element(item, before);
      this.#depth--;
      if (after === before) continue;
      out ??= raw.slice();
      out[i] = after;
    }
    return out ?? raw;
  }

  #map(plan: ValuePlan, raw: Record<string, unknown>): Record<string, unknown> {
    const item = plan.item;
    if (item === undefined) return raw;
    let out: Record<string, unknown> | undefined;
    for (const key in raw) {
      const before = raw[key];
      if (typeof before === 'string' && item.op === op.string) continue;
      this.#path[this.#depth++] = key;
      const after = this.#element(item, before);
      this.#depth--;
      if (after === before) continue;
      out ??= { ...raw };
      out[key] = after;
    }
    return out ?? raw;
  }

  /** In lists and maps every place has a value: null is the zero value. */
  #element(plan: ValuePlan, raw: unknown): unknown {
    if (raw === null || raw === undefined) {
      return plan.op === op.struct ? this.#struct(structOfPlan(plan), {}) : plan.zero;
    }
    return this.#value(plan, raw) ?? plan.zero;
  }

  #union(plan: ValuePlan, raw: unknown): unknown {
    const option = plan.options.find((candidate) => fits(candidate, raw));
    if (!option) {
      if (plan.options.some((candidate) => candidate.op === op.boolean)) {
        throw new DecodeAbort('boolean or JSON schema expected');
      }
      return undefined;
    }
    this.#lenient++;
    const value = this.#value(option, raw);
    this.#lenient--;
    return value;
  }

  #unknown(key: string): void {
    if (this.#lenient > 0 || this.problems.length >= problemsMax) return;
    const path = describePath([...this.#here(), key]);
    this.problems.push({ kind: 'unknown', path, message: `unknown field "${path}"` });
  }

  #wrongType(plan: ValuePlan, raw: unknown): undefined {
    if (this.#converts) throw new DecodeAbort(conversionErrorText(plan.schema, raw));
    return this.#note(typeErrorText(this.#schema, this.#here(), raw, goName(plan.schema)));
  }

  #note(message: string): undefined {
    this.error ??= message;
    return undefined;
  }

  #here(): readonly (string | number)[] {
    return this.#path.slice(0, this.#depth);
  }
}

function convert(plan: ValuePlan, raw: unknown, result: ScalarResult): unknown {
  const integer = convertedInteger(plan.op, raw);
  if (integer !== undefined) return integer;
  throw new DecodeAbort(conversionErrorText(plan.schema, raw, result));
}
