/** Objects of many kinds are made, listed, watched, changed by patch and update, their status too, and removed: alone and all at once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { JsonObject } from '@navarch/api/types/scalars';
import { eventually } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { type Asking, type Format, startAsking } from './asking.ts';
import { livingKinds, type LivingKind } from './kinds.ts';

const namespace = 'living';
const goneLimitMs = 20_000;

let product: Product;
before(async () => {
  product = await startProduct({ args: ['up', '--nodes', '1'] });
  const asking = await startAsking(product, 'json');
  const made = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  await asking.ask('POST', '/api/v1/namespaces', made);
  asking.close();
});
after(() => product.stop('SIGKILL'));

for (const format of ['json', 'protobuf'] as const) {
  describe(`in ${format}`, () => {
    let asking: Asking;
    before(async () => void (asking = await startAsking(product, format)));
    after(() => asking.close());
    for (const kind of livingKinds) test(kind.kind, () => new Life(asking, kind, format).run());
  });
}

class Life {
  readonly #asking: Asking;
  readonly #kind: LivingKind;
  readonly #all: string;
  readonly #labels: JsonObject;
  readonly #selected: string;

  constructor(asking: Asking, kind: LivingKind, format: Format) {
    const { apiVersion, isNamespaced, plural } = kind;
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    this.#asking = asking;
    this.#kind = kind;
    this.#all = `${group}${isNamespaced ? `/namespaces/${namespace}` : ''}/${plural}`;
    this.#labels = { lives: format };
    this.#selected = `${this.#all}?labelSelector=lives%3D${format}`;
  }

  async run(): Promise<void> {
    const names: string[] = [];
    for (const id of ['1', '2', '3'])
      names.push(metadataOf(await this.#create(id))['name'] as string);
    const [one = ''] = names;
    const list = await this.#ask('GET', this.#selected);
    assert.deepEqual(
      (list['items'] as JsonObject[]).map((item) => metadataOf(item)['name']),
      names,
    );
    const { resourceVersion } = metadataOf(list);
    const watch = await this.#asking.watch(
      `${this.#selected}&watch=1&resourceVersion=${resourceVersion as string}`,
    );
    const path = `${this.#all}/${one}`;
    await this.#annotate(path, 'patched', 'updated', undefined);
    const { status, keepsMetadata } = this.#kind;
    if (status) await this.#annotate(`${path}/status`, 'said', 'saidAgain', status);
    await this.#ask('DELETE', path, options);
    const wanted = [
      'patched',
      'updated',
      ...(status && !keepsMetadata ? ['said', 'saidAgain'] : []),
    ];
    for (let seen = await watch.next(); seen.type !== 'DELETED'; seen = await watch.next()) {
      assert.equal(seen.type, 'MODIFIED');
      const [next] = wanted;
      if (next !== undefined && annotationsOf(seen.object)[next] === 'yes') wanted.shift();
    }
    watch.close();
    assert.deepEqual(wanted, [], 'what a watch did not see');
    assert.equal(await this.#count(), 2);
    await this.#ask('DELETE', this.#selected, options);
    await eventually('all are gone', goneLimitMs, async () => (await this.#count()) === 0);
  }

  async #create(id: string): Promise<JsonObject> {
    const { apiVersion, kind, make, nameOf, plural } = this.#kind;
    const name = nameOf?.(id) ?? `${plural}-${id}`;
    const metadata = { name, labels: this.#labels };
    const made = { apiVersion, kind, metadata, ...make(id) } as JsonObject;
    const { status, value } = await this.#asking.ask('POST', this.#all, made);
    assert.equal(status, 201, JSON.stringify(value));
    return value;
  }

  /** Patches, then updates, each with an annotation of its own; what controllers write meanwhile is no reason to fail. */
  async #annotate(
    path: string,
    patched: string,
    updated: string,
    status: object | undefined,
  ): Promise<void> {
    const said = status && { status: status as JsonObject };
    const patch = { metadata: { annotations: { [patched]: 'yes' } }, ...said };
    this.#check(await this.#ask('PATCH', path, patch), patched, status);
    await eventually('an update that nobody disturbs', goneLimitMs, async () => {
      const { apiVersion, kind } = this.#kind;
      const current = await this.#ask('GET', path);
      const annotations = { ...annotationsOf(current), [updated]: 'yes' };
      const metadata = { ...metadataOf(current), annotations };
      const changed = { ...current, apiVersion, kind, metadata, ...said };
      const answer = await this.#asking.ask('PUT', path, changed);
      if (answer.status === 409) return false;
      assert.equal(answer.status, 200, JSON.stringify(answer.value));
      this.#check(answer.value, updated, status);
      return true;
    });
  }

  #check(object: JsonObject, annotation: string, status: object | undefined): void {
    const isKept = status !== undefined && this.#kind.keepsMetadata;
    assert.equal(annotationsOf(object)[annotation], isKept ? undefined : 'yes');
    if (!status) return;
    assert.partialDeepStrictEqual(object['status'], status);
  }

  async #count(): Promise<number> {
    return (
      ((await this.#ask('GET', this.#selected))['items'] as JsonObject[] | undefined)?.length ?? 0
    );
  }

  async #ask(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const { status, value } = await this.#asking.ask(method, path, body);
    assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

const options: JsonObject = { apiVersion: 'v1', kind: 'DeleteOptions' };

function metadataOf(object: JsonObject): JsonObject {
  return object['metadata'] as JsonObject;
}

function annotationsOf(object: JsonObject): JsonObject {
  return (metadataOf(object)['annotations'] ?? {}) as JsonObject;
}
