/** The log subresource: what a container has written, as its kubelet keeps it. */
import type { ConnectSubresource } from '@navarch/api/extension/resource';
import { type FieldError, forbidden, invalid as invalidField } from '@navarch/api/field-error';
import { badRequest, invalid } from '@navarch/api/status';
import { canonicalTime, TimeError } from '@navarch/api/time';
import { negativeText } from '../checks.ts';
import { boolean, integer } from '../query.ts';
import { containerOf, podOf } from './connect.ts';

export const logSubresource: ConnectSubresource = {
  type: 'connect',
  name: 'log',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  verbs: ['get'],
  target(parent, _path, query, context) {
    const options = readOptions(query);
    const errors = validate(options);
    if (errors.length > 0) {
      throw invalid({ group: '', kind: 'PodLogOptions' }, parent.name, errors);
    }
    const pod = podOf(parent, context);
    const container = containerOf(pod, query.get('container') ?? '');
    const node = pod.spec.nodeName;
    if (!node) return { kind: 'nothing' };
    const path = `/containerLogs/${parent.namespace}/${parent.name}/${container}`;
    return { kind: 'node', node, path, query: kubeletQuery(options) };
  },
};

interface LogOptions {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly sinceSeconds: number | undefined;
  readonly sinceTime: string | undefined;
  readonly tailLines: number | undefined;
  readonly limitBytes: number | undefined;
  readonly stream: string | undefined;
}

function readOptions(query: URLSearchParams): LogOptions {
  return {
    follow: boolean(query, 'follow'),
    previous: boolean(query, 'previous'),
    timestamps: boolean(query, 'timestamps'),
    sinceSeconds: integer(query, 'sinceSeconds'),
    sinceTime: time(query.get('sinceTime')),
    tailLines: integer(query, 'tailLines'),
    limitBytes: integer(query, 'limitBytes'),
    stream: query.get('stream') ?? undefined,
  };
}

function time(text: string | null): string | undefined {
  if (text === null || text === '') return undefined;
  try {
    return canonicalTime(text);
  } catch (error) {
    if (error instanceof TimeError) throw badRequest(error.message);
    throw error;
  }
}

const positiveText = 'must be greater than 0';

function validate(options: LogOptions): readonly FieldError[] {
  const { tailLines, limitBytes, sinceSeconds, sinceTime, stream } = options;
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0)
    errors.push(invalidField('tailLines', tailLines, negativeText));
  if (limitBytes !== undefined && limitBytes < 1)
    errors.push(invalidField('limitBytes', limitBytes, positiveText));
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    // Upstream blames the options as a whole by an empty path, which prints as brackets.
    errors.push(forbidden('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    errors.push(invalidField('sinceSeconds', sinceSeconds, positiveText));
  }
  if (stream !== undefined) errors.push(forbidden('stream', 'may not be specified'));
  return errors;
}

function kubeletQuery(options: LogOptions): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['follow', 'previous', 'timestamps'] as const) {
    if (options[name]) query.set(name, 'true');
  }
  for (const name of ['sinceSeconds', 'sinceTime', 'tailLines', 'limitBytes'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, String(value));
  }
  query.sort();
  return query;
}
