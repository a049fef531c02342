/** Which form of a discovery document a client wants, from its Accept header. Pure. */
import { negotiate } from '../endpoints/negotiate.ts';

export type DocumentForm = 'aggregated' | 'json' | 'yaml' | 'protobuf';

export const protobufType = 'application/vnd.kubernetes.protobuf';
export const discoveryMediaTypes = ['application/json', 'application/yaml', protobufType] as const;

const plainOffer = { table: false, metadata: false, protobuf: true, versioned: false };

/** Undefined when nothing that is offered is accepted. `aggregates`: whether this document has the aggregated form. */
export function chooseForm(
  accept: string | undefined,
  aggregates: boolean,
): DocumentForm | undefined {
  if (accept === undefined || accept.trim() === '') return 'json';
  for (const range of accept.split(',')) {
    if (aggregates && asksForAggregated(range)) return 'aggregated';
    const form = plainForm(range);
    if (form) return form;
  }
  return undefined;
}

/** `application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList`, its parameters in any order. */
function asksForAggregated(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  return (
    ['application/json', 'application/*', '*/*'].includes(type) &&
    parameters.includes('as=APIGroupDiscoveryList') &&
    parameters.includes('g=apidiscovery.k8s.io') &&
    parameters.includes('v=v2')
  );
}

function plainForm(range: string): DocumentForm | undefined {
  try {
    return negotiate(range.trim(), plainOffer).encoding;
  } catch {
    return undefined;
  }
}
