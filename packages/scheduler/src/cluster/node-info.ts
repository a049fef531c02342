/** One node's row: what it offers, what is used, and the parts of its object that plugins look at. */
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Taint } from '@navarch/api/types/core/v1/scheduling';
import type { HostPort, PodInfo } from '../pod/pod-info.ts';
import { amountsOf } from '../pod/resources.ts';
import type { ResourceColumns } from './resource-columns.ts';

export class NodeInfo {
  readonly name: string;
  /** Its row in the columns. */
  readonly row: number;
  readonly pods = new Map<string, PodInfo>();
  readonly #columns: ResourceColumns;
  readonly #ports = new Map<string, number>();
  /** Undefined while only pods are known of it. */
  #node: Node | undefined;
  #taints: readonly Taint[] = [];
  #preferenceTaints: readonly Taint[] = [];
  #images: ReadonlyMap<string, number> = new Map<string, number>();

  constructor(name: string, row: number, columns: ResourceColumns) {
    this.name = name;
    this.row = row;
    this.#columns = columns;
  }

  get exists(): boolean {
    return this.#node !== undefined;
  }

  get node(): Node {
    if (!this.#node) throw new Error(`node ${this.name} is not known`);
    return this.#node;
  }

  /** Taints that keep pods off: NoSchedule and NoExecute. */
  get taints(): readonly Taint[] {
    return this.#taints;
  }

  /** Taints that ask pods to go elsewhere: PreferNoSchedule. */
  get preferenceTaints(): readonly Taint[] {
    return this.#preferenceTaints;
  }

  /** Name and size of the images on the node. */
  get images(): ReadonlyMap<string, number> {
    return this.#images;
  }

  setNode(node: Node | undefined): void {
    this.#node = node;
    const taints = node?.spec?.taints ?? [];
    this.#taints = taints.filter(({ effect }) => effect !== 'PreferNoSchedule');
    this.#preferenceTaints = taints.filter(({ effect }) => effect === 'PreferNoSchedule');
    this.#columns.setAllocatable(this.row, amountsOf(node?.status?.allocatable));
    this.#images = new Map(
      (node?.status?.images ?? []).flatMap((image) =>
        (image.names ?? []).map((name) => [name, Number(image.sizeBytes ?? 0)] as const),
      ),
    );
  }

  /** The node's object changed in nothing that scheduling looks at. */
  refresh(node: Node): void {
    this.#node = node;
  }

  addPod(pod: PodInfo): void {
    this.pods.set(pod.uid, pod);
    this.#columns.change(this.row, pod, 1);
    for (const port of pod.hostPorts) this.#count(port, 1);
  }

  removePod(uid: string): PodInfo | undefined {
    const pod = this.pods.get(uid);
    if (!pod) return undefined;
    this.pods.delete(uid);
    this.#columns.change(this.row, pod, -1);
    for (const port of pod.hostPorts) this.#count(port, -1);
    return pod;
  }

  /** 0.0.0.0 stands for all addresses, on either side. */
  hasPortConflict({ ip, protocol, port }: HostPort): boolean {
    if (this.#ports.size === 0) return false;
    const everywhere = '0.0.0.0';
    if (ip !== everywhere)
      return this.#uses(ip, protocol, port) || this.#uses(everywhere, protocol, port);
    const suffix = `/${protocol}/${port}`;
    for (const used of this.#ports.keys()) if (used.endsWith(suffix)) return true;
    return false;
  }

  #uses(ip: string, protocol: string, port: number): boolean {
    return this.#ports.has(`${ip}/${protocol}/${port}`);
  }

  #count({ ip, protocol, port }: HostPort, change: number): void {
    const key = `${ip}/${protocol}/${port}`;
    const count = (this.#ports.get(key) ?? 0) + change;
    if (count > 0) this.#ports.set(key, count);
    else this.#ports.delete(key);
  }
}
