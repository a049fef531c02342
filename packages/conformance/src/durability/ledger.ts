/**
 * What a server has promised about a set of config maps, and whether it kept that.
 *
 * Every change of an object has a number that no other change of it has. A deletion has the number of what it deleted. Each object
 * has one writer, which does one thing at a time: so there is at most one change whose outcome is not known.
 *
 * Invariants: K1 an acknowledged change is there, unless a later change of the object is. K2 a change that was refused is not there.
 * K3 an unchanged object keeps its resourceVersion.
 */
import type { ConfigMap } from '@navarch/api/types/core/v1/config';

/** The object as it is, or undefined when there is none. */
export type Content = { readonly number: number; readonly version: number } | undefined;

interface Attempt {
  /** Undefined for a deletion. */
  readonly number: number | undefined;
  /** The highest version that was known when it was sent. */
  readonly after: number;
}

interface Account {
  content: Content;
  /** A change whose answer never came. */
  attempt: Attempt | undefined;
}

export function contentOf({ data, metadata }: ConfigMap): NonNullable<Content> {
  return { number: Number(data?.['number']), version: Number(metadata.resourceVersion) };
}

/** One change, as a watch tells it. */
export function changeOf(
  name: string,
  kind: 'ADDED' | 'MODIFIED' | 'DELETED',
  number: number,
): string {
  return `${name} ${kind} ${number}`;
}

export interface Acknowledged {
  /** In the words of `changeOf`. */
  readonly change: string;
  /** Of a deletion, whose version is not told: what it must be past. */
  readonly version: number;
  readonly isExact: boolean;
}

export class Ledger {
  readonly #accounts = new Map<string, Account>();
  readonly acknowledged: Acknowledged[] = [];
  /** The highest resourceVersion that anybody was told. */
  highestVersion = 0;

  /** What the writer of `name` may go by. */
  content(name: string): Content {
    return this.#account(name).content;
  }

  /** Before a change is sent; undefined announces a deletion. */
  attempt(name: string, number: number | undefined): void {
    this.#account(name).attempt = { number, after: this.highestVersion };
  }

  /** The change was answered with success. `version` is not told for deletions. */
  acknowledge(name: string, version = 0): void {
    const account = this.#account(name);
    const { content, attempt } = account;
    if (!attempt) throw new Error(`nothing was asked of ${name}`);
    account.attempt = undefined;
    const { number } = attempt;
    if (number === undefined) {
      const change = changeOf(name, 'DELETED', content?.number ?? 0);
      this.acknowledged.push({ change, version: attempt.after, isExact: false });
      account.content = undefined;
      return;
    }
    const change = changeOf(name, content ? 'MODIFIED' : 'ADDED', number);
    this.acknowledged.push({ change, version, isExact: true });
    this.sawVersion(version);
    account.content = { number, version };
  }

  /** The change was answered with an error: it must not have happened. */
  refuse(name: string): void {
    this.#account(name).attempt = undefined;
  }

  sawVersion(version: number): void {
    this.highestVersion = Math.max(this.highestVersion, version);
  }

  /** Every promise that `objects`, all there are, breaks. Takes them as the truth from here on. */
  settle(objects: readonly ConfigMap[]): readonly string[] {
    const found = new Map(objects.map((object) => [object.metadata.name ?? '', contentOf(object)]));
    const broken: string[] = [];
    for (const name of found.keys()) this.#account(name);
    for (const [name, account] of this.#accounts) {
      const is = found.get(name);
      if (!isPossible(account, is))
        broken.push(`${name} is ${describe(is)}, was ${describe(account.content)}`);
      account.content = is;
      account.attempt = undefined;
    }
    return broken;
  }

  #account(name: string): Account {
    const known = this.#accounts.get(name);
    if (known) return known;
    const account: Account = { content: undefined, attempt: undefined };
    this.#accounts.set(name, account);
    return account;
  }
}

function isPossible({ content, attempt }: Account, is: Content): boolean {
  const isAsAcknowledged = is?.number === content?.number && is?.version === content?.version; // K1 K3
  if (isAsAcknowledged || !attempt) return isAsAcknowledged; // K2
  return is?.number === attempt.number && (!is || is.version > (content?.version ?? 0));
}

function describe(content: Content): string {
  return content ? `number ${content.number} at version ${content.version}` : 'gone';
}
