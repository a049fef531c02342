/**
 * What form an answer takes: JSON, YAML or protobuf, the objects themselves, a table of them, or their metadata alone. By the Accept
 * header, clause by clause, as upstream reads it.
 */
import { notAcceptable } from '@navarch/api/status';

export type Encoding = 'json' | 'yaml' | 'protobuf';

export type Transform =
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly version: MetaVersion }
  | { readonly kind: 'metadata'; readonly version: MetaVersion; readonly isList: boolean };

export type MetaVersion = 'v1' | 'v1beta1';

export interface OutputForm {
  readonly encoding: Encoding;
  readonly transform: Transform;
  /** Whether the clause that was chosen asks for line breaks. */
  readonly pretty?: boolean;
}

/** What an endpoint can make of its answer. */
export interface Offer {
  readonly table: boolean;
  readonly metadata: boolean;
  /** The objects themselves; their metadata has a protobuf form whatever they are, tables have none. */
  readonly protobuf: boolean;
  /** Whether a clause may name the version of the options, the only one there is. Not of what is told of errors. */
  readonly versioned?: boolean;
}

export const mediaTypes = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
] as const;

/** What a watch can be framed in. */
export const streamMediaTypes = [
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
] as const;

const asIs: OutputForm = { encoding: 'json', transform: { kind: 'none' } };
const onlyAsIs: Offer = { table: false, metadata: false, protobuf: true, versioned: false };

/** The form of an answer to most clients, for which nothing has to be worked out. */
export function plainForm(accept: string | undefined): OutputForm | undefined {
  return accept === undefined || accept === '' || accept === 'application/json' ? asIs : undefined;
}

/** Throws 406 when nothing that the client accepts can be made. */
export function negotiate(accept: string | undefined, offer: Offer): OutputForm {
  const plain = plainForm(accept);
  if (plain) return plain;
  for (const clause of parseAccept(accept ?? '')) {
    const form = formOf(clause, offer);
    if (form) return form;
  }
  throw notAcceptable(mediaTypes);
}

/** For errors, which are always told: in JSON when nothing else fits. */
export function negotiateError(accept: string | undefined): OutputForm {
  try {
    return negotiate(accept, onlyAsIs);
  } catch {
    return asIs;
  }
}

interface Clause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/** As upstream's parser reads it: to the letter, and what it cannot read is passed over. */
function parseAccept(accept: string): readonly Clause[] {
  const sorted: Clause[] = [];
  for (const text of accept.split(',')) {
    const clause = parseClause(text);
    if (!clause) continue;
    let at = sorted.length;
    for (; at > 0 && isPreferred(clause, sorted[at - 1] ?? clause); at--);
    sorted.splice(at, 0, clause);
  }
  return sorted;
}

function parseClause(text: string): Clause | undefined {
  const [range = '', ...rest] = text.trim().split(';');
  const [type = '', subtype = '', ...more] = range.split('/').map((part) => part.trim());
  if (more.length > 0 || (subtype === '' && type !== '*')) return undefined;
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const [name = '', value = '', ...others] = parameter.split('=');
    if (value !== '' && others.length === 0) parameters.set(name.trim(), value.trim());
  }
  const quality = Number(parameters.get('q') ?? '1');
  parameters.delete('q');
  const known = Number.isNaN(quality) ? 0 : quality;
  return { type, subtype: subtype || '*', quality: known, parameters };
}

/**
 * The better liked first, but the more exact as well, even if it is liked less. The two contradict each other: then the order in
 * which they are written decides, as they are sorted by insertion.
 */
function isPreferred(a: Clause, b: Clause): boolean {
  if (a.quality > b.quality) return true;
  if (a.type !== '*' && b.type === '*') return true;
  return a.subtype !== '*' && b.subtype === '*';
}

const encodings: readonly Encoding[] = ['json', 'yaml', 'protobuf'];

function formOf(clause: Clause, offer: Offer): OutputForm | undefined {
  for (const encoding of encodings) {
    const form = matches(clause, encoding) ? formIn(encoding, clause.parameters, offer) : undefined;
    if (form) return form;
  }
  return undefined;
}

function matches({ type, subtype }: Clause, encoding: Encoding): boolean {
  if (type === '*' && subtype === '*') return true;
  if (type !== 'application') return false;
  return subtype === '*' || `application/${subtype}` === mediaTypes[encodings.indexOf(encoding)];
}

function formIn(
  encoding: Encoding,
  parameters: Clause['parameters'],
  offer: Offer,
): OutputForm | undefined {
  if (!isFraming(parameters.get('stream'), encoding)) return undefined;
  if (!isServerVersion(parameters.get('sv') ?? '', offer)) return undefined;
  const transform = transformOf(parameters, offer);
  if (!transform || (encoding === 'protobuf' && !hasProtobuf(transform, offer))) return undefined;
  const form = { encoding, transform };
  return parameters.get('pretty') === '1' ? { ...form, pretty: true } : form;
}

function isServerVersion(version: string, { versioned = true }: Offer): boolean {
  return version === '' || (versioned && version === 'v1');
}

/** Watches are the only streams, and YAML has none. */
function isFraming(stream: string | undefined, encoding: Encoding): boolean {
  if (stream === undefined || stream === '') return true;
  return stream === 'watch' && encoding !== 'yaml';
}

function hasProtobuf({ kind }: Transform, offer: Offer): boolean {
  return kind === 'metadata' || (kind === 'none' && offer.protobuf);
}

function transformOf(parameters: ReadonlyMap<string, string>, offer: Offer): Transform | undefined {
  const as = parameters.get('as');
  const version = parameters.get('v');
  // A group or a version alone names a kind as well: one without a name, which nobody has.
  if (as === undefined && version === undefined && !parameters.has('g')) return asIs.transform;
  if (parameters.get('g') !== 'meta.k8s.io') return undefined;
  if (version !== 'v1' && version !== 'v1beta1') return undefined;
  switch (as) {
    case 'Table':
      return offer.table ? { kind: 'table', version } : undefined;
    case 'PartialObjectMetadata':
      return offer.metadata ? { kind: 'metadata', version, isList: false } : undefined;
    case 'PartialObjectMetadataList':
      return offer.metadata ? { kind: 'metadata', version, isList: true } : undefined;
    default:
      return undefined;
  }
}
