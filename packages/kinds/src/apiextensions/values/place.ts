/** Where in a value a check is, as schema validation names places: `spec.list[1].key`, without escapes. */

/** Its text is made only when something is wrong. */
export class Place {
  static readonly root: Place = new Place(undefined, '');
  readonly #parent: Place | undefined;
  readonly #step: string;

  private constructor(parent: Place | undefined, step: string) {
    this.#parent = parent;
    this.#step = step;
  }

  /** A member that the schema names. */
  property(name: string): Place {
    return new Place(this, this.#parent === undefined ? name : `.${name}`);
  }

  /** A member of a map; at the root of a value it begins with a dot. */
  entry(name: string): Place {
    return new Place(this, `.${name}`);
  }

  item(index: number): Place {
    return new Place(this, `[${index}]`);
  }

  toString(): string {
    return this.#parent === undefined ? '' : `${this.#parent.toString()}${this.#step}`;
  }
}
