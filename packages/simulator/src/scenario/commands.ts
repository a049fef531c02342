/** The commands of scenarios. Each gives what a person would see. */
import { deployments, events, nodes, pods } from '@navarch/api/resources';
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import type { Event } from '@navarch/api/types/core/v1/event';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { World } from '../world.ts';

const namespace = 'default';
const quietLimitMs = 30 * 60_000;

export class Session {
  readonly #world: World;
  /** Events that have been shown, with their counts. */
  readonly #shown = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  async run(line: string): Promise<string> {
    const words = line.split(/\s+/);
    const flags = Object.fromEntries(
      words.flatMap((word) =>
        [...word.matchAll(/^--([\w-]+)=(.*)$/g)].map(([, name, value]) => [name, value]),
      ),
    );
    const [verb = '', what = '', name = ''] = words.filter((word) => !word.startsWith('--'));
    const command = this.#commands[`${verb} ${what}`];
    if (!command) throw new Error(`a scenario knows no command "${verb} ${what}"`);
    return command(name, flags);
  }

  readonly #commands: Readonly<
    Record<string, (name: string, flags: Record<string, string>) => Promise<string>>
  > = {
    'create deployment': (name, flags) => this.#createDeployment(name, flags),
    'scale deployment': (name, { replicas }) =>
      this.#change(name, (spec) => ({ ...spec, replicas: Number(replicas) })),
    'update deployment': (name, { image }) =>
      this.#change(name, (spec) => withImage(spec, image ?? '')),
    'delete deployment': (name) => this.#deleteDeployment(name),
    'delete pod': (name) => this.#deletePod(name),
    'stop node': (name) => this.#power(name, 'off'),
    'start node': (name) => this.#power(name, 'on'),
    'cordon node': (name) => this.#cordon(name),
    'run until': () => this.#runUntilQuiet(),
    'wait for': (duration) => this.#wait(duration),
    'get pods': () => this.#getPods(),
    'get nodes': () => this.#getNodes(),
  };

  async #createDeployment(
    name: string,
    { image = 'web:v1', replicas = '1' }: Record<string, string>,
  ): Promise<string> {
    const labels = { app: name };
    const deployment: Deployment = {
      metadata: { name, namespace },
      spec: {
        replicas: Number(replicas),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
      },
    };
    await this.#world.perform(this.#world.client.resource(deployments).create(deployment));
    return 'ok';
  }

  async #change(
    name: string,
    change: (spec: Deployment['spec']) => Deployment['spec'],
  ): Promise<string> {
    const api = this.#world.client.resource(deployments);
    const current = await this.#world.perform(api.get(namespace, name));
    await this.#world.perform(api.update({ ...current, spec: change(current.spec) }));
    return 'ok';
  }

  async #deleteDeployment(name: string): Promise<string> {
    await this.#world.perform(
      this.#world.client
        .resource(deployments)
        .delete(namespace, name, { propagationPolicy: 'Background' }),
    );
    return 'ok';
  }

  async #deletePod(prefix: string): Promise<string> {
    const { items } = await this.#pods();
    const pod = items.find(({ metadata }) => metadata.name?.startsWith(prefix));
    if (!pod?.metadata.name) return `there is no pod ${prefix}`;
    await this.#world.perform(
      this.#world.client.resource(pods).delete(namespace, pod.metadata.name),
    );
    return 'ok';
  }

  #power(name: string, state: 'on' | 'off'): Promise<string> {
    const { simulatedNodes } = this.#world.controlPlane;
    if (state === 'off') simulatedNodes?.stop(name);
    else simulatedNodes?.start(name);
    return Promise.resolve('ok');
  }

  async #cordon(name: string): Promise<string> {
    const body = { spec: { unschedulable: true } };
    await this.#world.perform(
      this.#world.client.resource(nodes).patch('', name, { type: 'merge', body }),
    );
    return 'ok';
  }

  async #runUntilQuiet(): Promise<string> {
    const quiet = await this.#world.untilQuiet(quietLimitMs);
    return [...(await this.#news()), ...(quiet ? [] : ['not quiet yet'])].join('\n');
  }

  async #wait(duration: string): Promise<string> {
    const [, amount = '0', unit = 's'] = /^(\d+)(s|m)$/.exec(duration) ?? [];
    await this.#world.runtime.clock.advance(Number(amount) * (unit === 'm' ? 60_000 : 1000));
    return (await this.#news()).join('\n');
  }

  /** What was recorded since last asked, in order; what happened many times is told once with its count. */
  async #news(): Promise<readonly string[]> {
    const { items } = await this.#world.perform(this.#world.client.resource(events).list());
    const fresh = items.filter(
      (event) => (this.#shown.get(event.metadata.uid ?? '') ?? 0) < (event.count ?? 1),
    );
    for (const event of fresh) this.#shown.set(event.metadata.uid ?? '', event.count ?? 1);
    const told = fresh.filter(({ reason }) => !quietReasons.has(reason ?? ''));
    return told.toSorted(byTime).map(describeEvent);
  }

  #pods(): Promise<{ readonly items: readonly Pod[] }> {
    return this.#world.perform(this.#world.client.resource(pods).list({ namespace }));
  }

  async #getPods(): Promise<string> {
    const { items } = await this.#pods();
    if (items.length === 0) return 'none';
    return items
      .map(
        ({ metadata, spec, status }) =>
          `${metadata.name} ${describePod(metadata, status)} ${spec.nodeName ?? '-'}`,
      )
      .join('\n');
  }

  async #getNodes(): Promise<string> {
    const { items } = await this.#world.perform(this.#world.client.resource(nodes).list());
    return items
      .map(({ metadata, status, spec }) => {
        const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
        const taints = (spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
        return [metadata.name, `Ready=${ready}`, ...taints].join(' ');
      })
      .join('\n');
  }
}

/** What every container does, told by kubelets: too much for a story. */
const quietReasons: ReadonlySet<string> = new Set([
  'Pulling',
  'Pulled',
  'Created',
  'Starting',
  'RegisteredNode',
]);

function byTime(a: Event, b: Event): number {
  const version = (event: Event): number => Number(event.metadata.resourceVersion);
  return version(a) - version(b);
}

function describeEvent({ involvedObject, reason, message }: Event): string {
  return `${(involvedObject.kind ?? '').toLowerCase()}/${involvedObject.name} ${reason}: ${message}`;
}

function describePod(metadata: Pod['metadata'], status: Pod['status']): string {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  const ready = status?.conditions?.some(
    ({ type, status: holds }) => type === 'Ready' && holds === 'True',
  );
  return `${status?.phase}${ready ? ',Ready' : ''}`;
}

function withImage(spec: Deployment['spec'], image: string): Deployment['spec'] {
  const containers = spec.template.spec.containers.map((container) => ({ ...container, image }));
  return { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, containers } } };
}
