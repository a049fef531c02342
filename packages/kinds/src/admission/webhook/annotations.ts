/** What the audit log is told of webhooks: who changed an object and how, and whose failure was passed over. */
import type { RequestContext } from '@navarch/api/extension/context';
import { escapeHtml, goJson } from '@navarch/codec/go/text';
import { decodeJson, encodeJson } from '@navarch/codec/json';
import type { Hook } from './hooks.ts';

/** Of a mutating webhook that was asked: the pass, and its place among all webhooks. */
export interface Place {
  readonly round: 0 | 1;
  readonly index: number;
}

export function failedOpenKey(
  kind: 'mutating' | 'validating',
  round: number,
  index: number,
): string {
  const word = kind === 'mutating' ? 'mutation' : 'validating';
  return `failed-open.${word}.webhook.admission.k8s.io/round_${round}_index_${index}`;
}

export function noteMutation(
  { annotate }: RequestContext,
  { configuration, name: webhook }: Hook,
  { round, index }: Place,
  mutated: boolean,
): void {
  annotate?.(
    `mutation.webhook.admission.k8s.io/round_${round}_index_${index}`,
    goJson({ configuration, webhook, mutated }),
  );
}

/** Patches show what is in objects: only where requests are remembered with theirs. */
export function notePatch(
  { annotate }: RequestContext,
  { configuration, name: webhook }: Hook,
  { round, index }: Place,
  patch: string,
): void {
  if (!annotate) return;
  const head = goJson({ configuration, webhook }).slice(0, -1);
  const key = `patch.webhook.admission.k8s.io/round_${round}_index_${index}`;
  const operations = escapeHtml(encodeJson((decodeJson(patch) as object[]).map(inOrder)));
  annotate(key, `${head},"patch":${operations},"patchType":"JSONPatch"}`, 'Request');
}

function inOrder(operation: object): object {
  return Object.fromEntries(Object.entries(operation).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
