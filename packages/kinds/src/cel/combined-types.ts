/** Several sets of types as one. */
import type { TypeProvider } from '@navarch/cel/environment';
import { CelError } from '@navarch/cel/errors';

/** The first that knows a name answers for it. */
export function combinedTypes(...providers: readonly TypeProvider[]): TypeProvider {
  return {
    findType: (name) => first(providers, (each) => each.findType(name)),
    findField: (name, field) => first(providers, (each) => each.findField(name, field)),
    construct: (name, fields) => {
      const provider = providers.find((each) => each.findType(name) !== undefined);
      if (!provider?.construct) throw new CelError('no such overload');
      return provider.construct(name, fields);
    },
  };
}

function first<T>(
  providers: readonly TypeProvider[],
  find: (provider: TypeProvider) => T | undefined,
): T | undefined {
  for (const provider of providers) {
    const found = find(provider);
    if (found !== undefined) return found;
  }
  return undefined;
}
