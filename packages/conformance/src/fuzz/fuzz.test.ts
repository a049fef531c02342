/**
 * Random requests to every endpoint: whatever they hold, the answer is a success or a refusal (2xx or 4xx), never a failure of
 * the server, and memory does not grow with their number. `FUZZ_SEED` makes another run, `FUZZ_ROUNDS` a longer one.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { structOf } from '@navarch/api/schema/registry';
import type { ResourceDefinition, Verb } from '@navarch/api/extension/resource';
import { apiVersionOf } from '@navarch/api/extension/object';
import { defaultSettings } from '@navarch/cluster/settings';
import { startControlPlane } from '@navarch/cluster/start-control-plane';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import { createNodeRuntime } from '@navarch/runtime/node';
import { createMemoryStore } from '@navarch/store/memory';
import { type Dice, diceOf, objectFor, optionsFor, pick } from './bodies.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 12);
const growthMax = 40e6;

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly contentType?: string;
  readonly body: string;
}

test(`random bodies on every endpoint are answered or refused (seed ${seed})`, async () => {
  const errors: string[] = [];
  const runtime = createNodeRuntime({
    format: 'text',
    level: 'error',
    write: (line: string) => void errors.push(line),
  });
  const store = createMemoryStore(runtime);
  const plane = await startControlPlane({
    runtime,
    store,
    settings: defaultSettings,
    parts: 'apiserver',
    nodes: [],
  });
  const dice = diceOf(seed);
  const failures: string[] = [];
  const definitions = plane.server.resources.definitions;
  const round = async (): Promise<void> => {
    for (const definition of definitions) {
      for (const shot of shotsAt(definition, dice)) {
        const answer = await plane.server.handle(requestOf(shot));
        const text = textOf(answer);
        if (answer.status < 500 || isUpstreams(text)) continue;
        failures.push(
          `${answer.status} ${shot.method} ${shot.path}?${shot.query}\n${shot.body}\n${text}`,
        );
      }
    }
  };
  try {
    const warmUp = Math.ceil(rounds / 3);
    for (let count = 0; count < warmUp; count++) await round();
    const before = heapBytes();
    for (let count = warmUp; count < rounds; count++) await round();
    const grown = heapBytes() - before;
    assert.deepEqual(
      failures.slice(0, 5),
      [],
      `${failures.length} failures; log:\n${errors.slice(0, 5).join('\n')}`,
    );
    assert.deepEqual(errors, [], 'nothing that nobody meant');
    assert.ok(grown < growthMax, `the heap grew by ${Math.round(grown / 1e6)} MB`);
  } finally {
    await plane.stop();
    await store.close();
  }
});

/**
 * What upstream answers with 5xx, too (recorded, or plain errors in its source): a version from the future, a configuration that
 * has no fields to own or values of another type, a binding to something else than a node, a single object as of no version.
 */
const upstreamFailures = [
  'Too large resource version',
  'failed to create typed patch object',
  'failed to convert new object',
  'target.kind: Unsupported value',
  'target.name: Required value',
  'list element types are not identical',
  'resourceVersion: Invalid value',
];

function isUpstreams(text: string): boolean {
  return upstreamFailures.some((words) => text.includes(words));
}

const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const;

/** Some requests at the resource and at its subresources. */
function shotsAt(definition: ResourceDefinition, dice: Dice): readonly Shot[] {
  const { group, version, plural, scope, verbs } = definition;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const collection =
    scope === 'Namespaced' ? `${root}/namespaces/default/${plural}` : `${root}/${plural}`;
  const schema = structOf(definition.schema);
  const object = (): string => JSON.stringify(objectFor(schema, apiVersionOf(definition), dice));
  const at = (verb: Verb, path: string): readonly Shot[] => shot(verb, path, object, dice);
  const item = `${collection}/${pick(dice, ['a', 'b', 'web', 'default', 'UPPER', '%2e%2e', 'kube-system'])}`;
  const subresources = (definition.subresources ?? []).filter(({ type }) => type !== 'connect');
  return [
    ...verbs.flatMap((verb) => at(verb, ofCollection.has(verb) ? collection : item)),
    ...subresources.flatMap((subresource) =>
      subresource.verbs.flatMap((verb) => at(verb, `${item}/${subresource.name}`)),
    ),
  ];
}

const ofCollection: ReadonlySet<Verb> = new Set(['create', 'list', 'deletecollection', 'watch']);

function shot(verb: Verb, path: string, object: () => string, dice: Dice): readonly Shot[] {
  const query = queryFor(verb, dice);
  switch (verb) {
    case 'create':
      return [{ method: 'POST', path, query, body: cut(object(), dice) }];
    case 'update':
      return [{ method: 'PUT', path, query, body: cut(object(), dice) }];
    case 'patch': {
      const contentType = pick(dice, patchTypes);
      const body = contentType === 'application/json-patch+json' ? jsonPatch(dice) : object();
      const force = contentType === 'application/apply-patch+yaml' ? '&force=true' : '';
      return [{ method: 'PATCH', path, query: query + force, contentType, body: cut(body, dice) }];
    }
    case 'delete':
    case 'deletecollection':
      return [
        { method: 'DELETE', path, query, body: JSON.stringify(optionsFor('DeleteOptions', dice)) },
      ];
    case 'watch':
      return []; // The list's query asks for one at times.
    default:
      return [{ method: 'GET', path, query, body: '' }];
  }
}

/** Now and then a body ends too early. */
function cut(body: string, dice: Dice): string {
  return dice() < 0.03 ? body.slice(0, Math.floor(dice() * body.length)) : body;
}

function jsonPatch(dice: Dice): string {
  const pointer = (): string =>
    pick(dice, [
      '',
      '/metadata',
      '/metadata/labels/a',
      '/spec',
      '/spec/0',
      '/~2',
      '/metadata/name',
      'x',
    ]);
  const operation = (): unknown => ({
    op: pick(dice, ['add', 'remove', 'replace', 'move', 'copy', 'test', 'bogus']),
    path: pointer(),
    from: pointer(),
    value: pick<unknown>(dice, [null, 'x', {}, [], 1]),
  });
  return JSON.stringify(Array.from({ length: Math.floor(dice() * 4) }, operation));
}

/** Writes are dry runs, but for a few. */
function queryFor(verb: Verb, dice: Dice): string {
  const query = new URLSearchParams();
  const maybe = (name: string, values: readonly [string, ...string[]]): void => {
    if (dice() < 0.2) query.set(name, pick(dice, values));
  };
  if (verb === 'get' || verb === 'list') {
    maybe('limit', ['1', '0', '-1', 'x', '9999999999999999999']);
    maybe('continue', ['x', 'e30', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ']);
    maybe('resourceVersion', ['0', '1', 'x', '18446744073709551616']);
    maybe('resourceVersionMatch', ['Exact', 'NotOlderThan', 'x']);
    maybe('labelSelector', ['a=b', 'a in (b', '!a,b!=c', '=', 'a>1']);
    maybe('fieldSelector', ['metadata.name=a', 'spec.x=y', 'a', 'metadata.name!=a']);
    maybe('timeoutSeconds', ['1', 'x', '-1']);
  } else {
    if (dice() < 0.95 || verb === 'delete' || verb === 'deletecollection')
      query.set('dryRun', 'All');
    maybe('dryRun', ['All', 'Some']);
    maybe('fieldManager', ['m', 'x'.repeat(200), '\u0001']);
    maybe('fieldValidation', ['Strict', 'Warn', 'Ignore', 'x']);
    maybe('gracePeriodSeconds', ['0', '-1', 'x']);
    maybe('propagationPolicy', ['Orphan', 'x']);
    if (verb === 'patch') maybe('fieldManager', ['m', 'kubectl']);
  }
  maybe('pretty', ['true', 'x']);
  return query.toString();
}

function requestOf({ method, path, query, contentType, body }: Shot): ApiRequest {
  return {
    method,
    path,
    query,
    headers: {
      accept: 'application/json',
      'content-type': contentType ?? 'application/json',
      'user-agent': 'fuzz',
    },
    body: { bytes: () => Promise.resolve(new TextEncoder().encode(body)) },
    identity: { user: { username: 'fuzz', groups: ['system:masters', 'system:authenticated'] } },
    remoteAddress: '127.0.0.1',
    signal: AbortSignal.timeout(60_000),
  };
}

/** Reads the whole answer, as a transport would. */
function textOf({ body }: ApiResponse): string {
  const decoder = new TextDecoder();
  switch (body.kind) {
    case 'object':
      return decoder.decode(body.object.json());
    case 'list':
      return [...body.chunks()].map((chunk) => decoder.decode(chunk)).join('');
    case 'text':
      return body.text;
    default:
      return '';
  }
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
