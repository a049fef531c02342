/** One simulated machine: its name, its addresses for pods, the images it has, and whether it is alive. */
import type { Node } from '@navarch/api/types/core/v1/node';
import { podNetwork, type Machine } from './node-object.ts';

export class SimulatedMachine implements Machine {
  readonly name: string;
  readonly number: number;
  readonly kubeletVersion: string;
  readonly endpoint?: Machine['endpoint'];
  /** The Node object's uid; empty while there is none. */
  uid = '';
  /** Stopped machines send no heartbeats and run nothing, as if their power had gone. */
  stopped = false;
  readonly #current: () => Node | undefined;
  readonly #images = new Set<string>();
  /** Last numbers of addresses in use, by pod. */
  readonly #addresses = new Map<string, number>();
  #lastAddress = 1;

  constructor(machine: Machine, current: () => Node | undefined) {
    this.name = machine.name;
    this.number = machine.number;
    this.kubeletVersion = machine.kubeletVersion;
    this.endpoint = machine.endpoint;
    this.#current = current;
  }

  /** Its Node object as the API server has it. */
  current(): Node | undefined {
    return this.#current();
  }

  hasImage(image: string): boolean {
    return this.#images.has(image);
  }

  addImage(image: string): void {
    this.#images.add(image);
  }

  /** An address for a pod, unique on this machine; the one in `wanted` if it is free. */
  takeAddress(podUid: string, wanted?: string): string {
    const held = this.#addresses.get(podUid);
    if (held !== undefined) return this.#address(held);
    const used = new Set(this.#addresses.values());
    const wish = wanted?.startsWith(`${podNetwork(this)}.`)
      ? Number(wanted.split('.').at(-1))
      : undefined;
    const number = wish !== undefined && !used.has(wish) ? wish : this.#nextFree(used);
    this.#addresses.set(podUid, number);
    return this.#address(number);
  }

  releaseAddress(podUid: string): void {
    this.#addresses.delete(podUid);
  }

  /** Round and round, so that an address rests before it is used again. */
  #nextFree(used: ReadonlySet<number>): number {
    for (let tries = 0; tries < 253; tries++) {
      this.#lastAddress = this.#lastAddress >= 254 ? 2 : this.#lastAddress + 1;
      if (!used.has(this.#lastAddress)) break;
    }
    return this.#lastAddress;
  }

  #address(number: number): string {
    return `${podNetwork(this)}.${number}`;
  }
}
