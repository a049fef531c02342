/** Logs of kubelets over the network: what is asked, and what becomes of what they say instead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStatusError } from '@navarch/api/status';
import type { ApiRequest } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientResponse } from '@navarch/wire/http/client';
import { readLog } from './log.ts';

const place = {
  peer: { url: 'https://10.0.0.1:10250' },
  path: '/containerLogs/d/web/main',
  pod: 'web',
};
const request = { signal: new AbortController().signal } as ApiRequest;

function clientAnswering(answer: { status: number; text: string } | Error): {
  client: HttpClient;
  isClosed: () => boolean;
} {
  let closed = false;
  const response = async (): Promise<HttpClientResponse> => {
    if (answer instanceof Error) throw answer;
    const bytes = Buffer.from(answer.text);
    const chunks = (async function* () {
      yield bytes;
    })();
    return { status: answer.status, headers: {}, chunks, bytes: () => Promise.resolve(bytes) };
  };
  const client: HttpClient = {
    request: response,
    upgrade: () => Promise.reject(new Error('not asked')),
    close: () => void (closed = true),
  };
  return { client, isClosed: () => closed };
}

test('a log is text, and its connection ends with it', async () => {
  const { client, isClosed } = clientAnswering({ status: 200, text: 'one\ntwo\n' });
  const { headers, body } = await readLog(() => Promise.resolve(client), place, request);
  assert.deepEqual(headers, { 'content-type': 'text/plain' });
  assert.ok(body.kind === 'stream');
  let text = '';
  for await (const chunk of body.chunks) text += Buffer.from(chunk).toString();
  assert.equal(text, 'one\ntwo\n');
  assert.ok(isClosed());
});

const refusals: {
  name: string;
  answer: { status: number; text: string } | Error;
  code: number;
  message: string;
}[] = [
  {
    name: 'a bad request',
    answer: { status: 400, text: 'container "main" is waiting to start' },
    code: 400,
    message: 'container "main" is waiting to start',
  },
  {
    name: 'a failure',
    answer: { status: 500, text: 'no runtime' },
    code: 500,
    message: 'Internal error occurred: no runtime',
  },
  {
    name: 'no such pod',
    answer: { status: 404, text: 'pod does not exist' },
    code: 404,
    message: 'the server could not find the requested resource ( pods/log web)',
  },
  {
    name: 'nobody there',
    answer: Object.assign(new Error(), { code: 'ECONNREFUSED', address: '10.0.0.1', port: 10250 }),
    code: 500,
    message: `Get "${place.peer.url}${place.path}": dial tcp 10.0.0.1:10250: connect: connection refused`,
  },
];
for (const { name, answer, code, message } of refusals) {
  test(`no log: ${name}`, async () => {
    const { client, isClosed } = clientAnswering(answer);
    await assert.rejects(
      readLog(() => Promise.resolve(client), place, request),
      (error) => {
        assert.ok(isStatusError(error));
        assert.deepEqual([error.status.code, error.status.message], [code, message]);
        return true;
      },
    );
    assert.ok(isClosed());
  });
}
