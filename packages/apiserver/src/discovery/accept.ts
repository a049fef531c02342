/** Which form of a discovery document a client wants, from its Accept header. Pure. */

export type DocumentForm = 'aggregated' | 'json' | 'yaml' | 'protobuf';

export const discoveryMediaTypes = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
] as const;

interface MediaRange {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Ranges in the order of preference: by quality, then as written. */
export function parseAccept(header: string): readonly MediaRange[] {
  const ranges = header.split(',').flatMap((text) => {
    const [type = '', ...rest] = text.split(';').map((part) => part.trim());
    if (type === '') return [];
    const parameters = new Map(
      rest.map((parameter): [string, string] => {
        const equals = parameter.indexOf('=');
        return [parameter.slice(0, equals), parameter.slice(equals + 1)];
      }),
    );
    const quality = Number(parameters.get('q') ?? 1);
    return quality > 0 ? [{ type, parameters, quality }] : [];
  });
  return ranges.sort((a, b) => b.quality - a.quality);
}

/** Undefined when nothing that is offered is accepted. `aggregates`: whether this document has the aggregated form. */
export function chooseForm(
  accept: string | undefined,
  aggregates: boolean,
): DocumentForm | undefined {
  if (accept === undefined || accept.trim() === '') return 'json';
  for (const range of parseAccept(accept)) {
    const form = formOf(range, aggregates);
    if (form) return form;
  }
  return undefined;
}

function formOf({ type, parameters }: MediaRange, aggregates: boolean): DocumentForm | undefined {
  if (parameters.has('as')) {
    const wanted =
      parameters.get('as') === 'APIGroupDiscoveryList' &&
      parameters.get('g') === 'apidiscovery.k8s.io' &&
      parameters.get('v') === 'v2';
    return wanted && aggregates && matches(type, 'application/json') ? 'aggregated' : undefined;
  }
  if (matches(type, 'application/json')) return 'json';
  if (type === 'application/yaml') return 'yaml';
  return type === 'application/vnd.kubernetes.protobuf' ? 'protobuf' : undefined;
}

function matches(range: string, type: string): boolean {
  return range === type || range === '*/*' || range === 'application/*';
}
