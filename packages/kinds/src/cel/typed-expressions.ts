/** Expressions of admission policies, checked against the types of what they will look at. Nothing is evaluated. */
import { createEnvironment, type Environment, type TypeProvider } from '@navarch/cel/environment';
import { dynType, type Type } from '@navarch/cel/types';
import { lazily } from '../lazily.ts';
import { admissionTypes, namespaceType, requestType, variablesType } from './admission-types.ts';
import { authorizerVariables } from './authorizer.ts';
import { combinedTypes } from './combined-types.ts';
import { type DeclaredType, typesOf } from './declared-type.ts';
import { kubernetesLibraries } from './libraries.ts';
import { variableType } from './variable-type.ts';

export interface TypedScope {
  readonly object: DeclaredType;
  /** Undefined when the policy has no parameters; `dyn` when nobody knows their type. */
  readonly params: DeclaredType | 'dyn' | undefined;
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
}

/** What is wrong with an expression, in the compiler's words; undefined when nothing is. */
export type CheckExpression = (text: string) => string | undefined;

/** Each variable may use those before it. One that does not compile may be anything. */
export function createTypedCheck({ object, params, variables }: TypedScope): CheckExpression {
  const known: Record<string, Type> = {};
  const environment = (): Environment => withTypes(object, params, admissionTypes({ ...known }));
  for (const { name, expression } of variables) {
    const result = environment().compile(expression);
    known[name] = result.ok ? variableType(result.outputType) : dynType;
  }
  const complete = environment();
  return (text) => {
    const result = complete.compile(text);
    return result.ok || result.stage !== 'compilation' ? undefined : result.message;
  };
}

const { authorizer } = authorizerVariables;

const libraries = lazily(() => createEnvironment({ libraries: kubernetesLibraries }));

function withTypes(
  object: DeclaredType,
  params: TypedScope['params'],
  admission: TypeProvider,
): Environment {
  const paramsType = params === 'dyn' ? dynType : params?.type;
  const providers = [
    admission,
    typesOf(object),
    ...(params && params !== 'dyn' ? [typesOf(params)] : []),
  ];
  return libraries().extend({
    variables: {
      object: object.type,
      oldObject: object.type,
      request: requestType,
      namespaceObject: namespaceType,
      variables: variablesType,
      // Not what is asked about the request's own resource: upstream leaves that out, and warns of it.
      ...(authorizer && { authorizer }),
      ...(paramsType && { params: paramsType }),
    },
    types: combinedTypes(...providers),
  });
}
