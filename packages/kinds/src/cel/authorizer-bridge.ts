/**
 * Expressions are evaluated at once, authorizers may have to wait: an evaluation that needs an answer which is not there yet stops,
 * and begins anew when it is.
 */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  RequestContext,
} from '@navarch/api/extension/context';
import type { Bindings } from './admission-expressions.ts';
import { AuthorizerValue, type Decide, ResourceCheck } from './authorizer.ts';

/** Not an error of the expression: nothing in it may absorb this. */
class Unanswered extends Error {
  readonly question: AuthorizationAttributes;

  constructor(question: AuthorizationAttributes) {
    super('an authorizer has not answered yet');
    this.question = question;
  }
}

export class AuthorizerBridge {
  readonly #context: RequestContext;
  readonly #attributes: AdmissionAttributes;
  readonly #answers = new Map<string, AuthorizationDecision>();

  constructor(context: RequestContext, attributes: AdmissionAttributes) {
    this.#context = context;
    this.#attributes = attributes;
  }

  /** `authorizer` and `authorizer.requestResource`. */
  bindings(): Bindings {
    const { user } = this.#context;
    const asker = { user, decide: this.#decide };
    const { resource, subresource, namespace, name } = this.#attributes;
    return {
      authorizer: () => new AuthorizerValue(asker),
      'authorizer.requestResource': () =>
        new ResourceCheck(asker, { ...resource, subresource, namespace, name }),
    };
  }

  /** Runs `evaluate`, which must be pure, until it needs no more answers. At once where it needs none. */
  run<T>(evaluate: () => T): T | Promise<T> {
    try {
      return evaluate();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return this.#ask(error.question).then(() => this.run(evaluate));
    }
  }

  async #ask(question: AuthorizationAttributes): Promise<void> {
    this.#answers.set(keyOf(question), await this.#context.services.authorize(question));
  }

  readonly #decide: Decide = (question) => {
    const answer = this.#answers.get(keyOf(question));
    if (!answer) throw new Unanswered(question);
    return answer;
  };
}

function keyOf({ user, verb, resource, path }: AuthorizationAttributes): string {
  return JSON.stringify([user.username, verb, resource, path]);
}
