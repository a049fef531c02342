/** What stages ask of others: how long a request may wait for its turn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestState } from '../request/chain.ts';
import type { ApiRequest } from '../request/request.ts';
import { parseRequestInfo } from '../request/route.ts';
import { createStages, type StageParts } from './stages.ts';

const waits: readonly (readonly [query: string, waitMaxMs: number])[] = [
  ['', 15_000],
  ['timeout=4s', 1_000],
  ['timeout=10m', 15_000],
  ['watch=1&timeout=nonsense', 15_000],
];

for (const [query, waitMaxMs] of waits) {
  test(`with '${query}' a request waits for ${waitMaxMs} ms at most`, async () => {
    let asked = 0;
    const begin = (candidate: { waitMaxMs: () => number }): undefined => {
      asked = candidate.waitMaxMs();
    };
    const parts: Partial<StageParts> = { flowControl: { running: () => 0, begin } };
    const { flowControl } = createStages(parts as StageParts);
    const request: Partial<ApiRequest> = { query };
    const state: RequestState = {
      request: request as ApiRequest,
      info: parseRequestInfo('GET', '/api/v1/pods', query),
      user: { username: 'ann', groups: [] },
      answer: {},
    };
    const answer = await flowControl?.(state, () => assert.fail('it has no turn'));
    assert.equal(answer?.status, 429);
    assert.equal(asked, waitMaxMs);
  });
}
