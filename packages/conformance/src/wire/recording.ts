/** Recorded requests and answers of a real kube-apiserver: the shape of a golden file. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Recording {
  /** `basics-crud`, from the file's name. */
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  /** False when the case wants no namespace of its own. */
  readonly namespace?: boolean;
  readonly vars?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly cleanup?: readonly Step[];
  readonly recorded: readonly { readonly id: string; readonly response: unknown }[];
}

/** A pause, a watch with steps during it, or a request (`do` is `METHOD path`). */
export interface Step {
  readonly id: string;
  readonly wait?: number;
  readonly watch?: string;
  readonly events?: number;
  readonly timeout?: number;
  readonly during?: readonly Step[];
  readonly do?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  /** The user to impersonate. */
  readonly as?: string;
  /** Variables to take from the answer: name -> path into the body. */
  readonly save?: Readonly<Record<string, string>>;
  /** Not compared. */
  readonly quiet?: boolean;
  /** Only these paths of the body are compared. */
  readonly only?: readonly string[];
  readonly statusOnly?: boolean;
}

const packageFolder = path.join(import.meta.dirname, '..', '..');

/** The shared recordings when they are there (development, CI), else those that this package keeps. */
export function goldenFolder(): string {
  const shared = path.join(packageFolder, '..', '..', '..', 'shared', 'wire', 'golden');
  return existsSync(shared) ? shared : path.join(packageFolder, 'golden');
}

export function readRecordings(folder: string): readonly Recording[] {
  return globSync('*.json', { cwd: folder })
    .toSorted()
    .map((file) => ({
      name: file.replace('.json', ''),
      ...(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { cases: Case[] }),
    }));
}
