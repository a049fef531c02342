/** Why an expression has no value. */

/** An error of the expression or its data, with cel-go's text; never a fault of the program. */
export class CelError extends Error {
  /** Where in the expression, when known (an expression id of the AST). */
  readonly at: number | undefined;

  constructor(message: string, at?: number) {
    super(message);
    this.at = at;
  }
}

/** The budget is spent. Not absorbed by `||`, `&&` or comprehensions. */
export class CostLimitExceeded extends CelError {
  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}

/** cel-go's error for a call no overload takes. */
export const noSuchOverload = (): CelError => new CelError('no such overload');
