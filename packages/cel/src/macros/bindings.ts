/** `cel.bind(x, value, expression)`: a local variable. Kubernetes does not enable it. */
import type { Library } from '../declarations.ts';
import { bind } from '../functions/optionals.ts';
import { MacroError } from '../parser/macro.ts';

/** Local variables. */
export const bindings: Library = {
  name: 'cel.lib.ext.cel.bindings',
  functions: [],
  macros: [
    {
      name: 'bind',
      receiver: true,
      argCount: 3,
      expand(build, target, [variable, value, body]) {
        if (target?.kind !== 'ident' || target.name !== 'cel') return undefined;
        if (variable?.kind !== 'ident') {
          throw new MacroError('cel.bind() variable names must be simple identifiers', variable);
        }
        if (value === undefined || body === undefined) return undefined;
        return bind(build, variable.name, value, body);
      },
    },
  ],
};
