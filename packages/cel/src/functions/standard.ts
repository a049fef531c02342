/** What CEL itself brings, without which there is no expression. */
import type { Library } from '../declarations.ts';
import { standardMacros } from '../macros/standard.ts';
import type { Type } from '../types.ts';
import { arithmetic } from './arithmetic.ts';
import { collections } from './collections.ts';
import { comparison } from './comparison.ts';
import { conversions } from './conversion.ts';
import { times } from './time.ts';

const dyn: Type = { kind: 'dyn' };

/** CEL's standard definitions. */
export const standard: Library = {
  name: 'cel.lib.std',
  macros: standardMacros,
  functions: [...comparison, ...arithmetic, ...collections, ...conversions, ...times],
  types: [
    { kind: 'bool' },
    { kind: 'bytes' },
    { kind: 'double' },
    { kind: 'duration' },
    { kind: 'int' },
    { kind: 'list', element: dyn },
    { kind: 'map', key: dyn, value: dyn },
    { kind: 'null' },
    { kind: 'string' },
    { kind: 'timestamp' },
    { kind: 'type' },
    { kind: 'uint' },
  ],
};
