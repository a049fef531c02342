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
}

/** What an endpoint can make of its answer. */
export interface Offer {
  readonly table: boolean;
  readonly metadata: boolean;
  /** The objects themselves; their metadata has a protobuf form whatever they are, tables have none. */
  readonly protobuf: boolean;
  /** A watch: only what can be framed. */
  readonly stream: boolean;
}

export const mediaTypes = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
] as const;

const asIs: OutputForm = { encoding: 'json', transform: { kind: 'none' } };
const onlyAsIs: Offer = { table: false, metadata: false, protobuf: true, stream: false };

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

function parseAccept(accept: string): readonly Clause[] {
  const clauses = accept.split(',').map(parseClause);
  return clauses.filter((clause) => clause.quality > 0).sort(byPreference);
}

function parseClause(text: string): Clause {
  const [range = '', ...rest] = text.split(';').map((part) => part.trim());
  const [type = '', subtype = ''] = range.toLowerCase().split('/');
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    if (equals > 0) parameters.set(parameter.slice(0, equals).trim(), parameter.slice(equals + 1));
  }
  const quality = Number(parameters.get('q') ?? '1');
  return { type, subtype, quality: Number.isNaN(quality) ? 1 : quality, parameters };
}

/** The better liked first, then the more exact; otherwise as the client wrote them. */
function byPreference(a: Clause, b: Clause): number {
  return b.quality - a.quality || wildcards(a) - wildcards(b);
}

function wildcards({ type, subtype }: Clause): number {
  return (type === '*' ? 1 : 0) + (subtype === '*' ? 1 : 0);
}

function formOf(clause: Clause, offer: Offer): OutputForm | undefined {
  const encoding = encodingOf(clause);
  if (!encoding || (offer.stream && encoding === 'yaml')) return undefined;
  if (!isFraming(clause.parameters.get('stream'), encoding)) return undefined;
  const transform = transformOf(clause.parameters, offer);
  if (!transform || (encoding === 'protobuf' && !hasProtobuf(transform, offer))) return undefined;
  return { encoding, transform };
}

/** Watches are the only streams, and YAML has none. */
function isFraming(stream: string | undefined, encoding: Encoding): boolean {
  if (stream === undefined || stream === '') return true;
  return stream === 'watch' && encoding !== 'yaml';
}

function hasProtobuf({ kind }: Transform, offer: Offer): boolean {
  return kind === 'metadata' || (kind === 'none' && offer.protobuf);
}

function encodingOf({ type, subtype }: Clause): Encoding | undefined {
  if (type === '*' && subtype === '*') return 'json';
  if (type !== 'application') return undefined;
  if (subtype === 'json' || subtype === '*') return 'json';
  if (subtype === 'vnd.kubernetes.protobuf') return 'protobuf';
  return subtype === 'yaml' ? 'yaml' : undefined;
}

function transformOf(parameters: ReadonlyMap<string, string>, offer: Offer): Transform | undefined {
  const as = parameters.get('as');
  if (as === undefined) return asIs.transform;
  const version = parameters.get('v');
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
