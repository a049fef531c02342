/**
 * How many requests of each priority level may be served at a time. The server has so many seats; each level has its share, lends
 * part of it while it does not need it, and may borrow from others. KEP-1040.
 *
 * Invariants: S1 all limited levels together never use more seats than there are, but for one request that is wider than all. S2 what
 * a level does not lend is never used by another: it gets that much at once. S3 a level that nobody else's requests keep from it
 * gets its share before others borrow.
 *
 * Upstream moves limits between levels every ten seconds by past demand. Here a seat is lent when it is asked for and comes back when
 * its request ends, which needs no timer and has the same bounds.
 */

/** Numbers of seats. */
export interface LevelLimits {
  /** Its share. */
  readonly nominal: number;
  /** Its share without what it lends. */
  readonly min: number;
  /** Its share with what it may borrow. */
  readonly max: number;
}

export interface LevelShares {
  readonly shares: number;
  readonly lendablePercent: number;
  /** Undefined where it may borrow all. */
  readonly borrowingLimitPercent: number | undefined;
}

/** What each level gets of all seats. Shares are rounded up: together they may be a few more. */
export function divideSeats(total: number, levels: readonly LevelShares[]): readonly LevelLimits[] {
  const sum = levels.reduce((all, { shares }) => all + shares, 0);
  return levels.map(({ shares, lendablePercent, borrowingLimitPercent }) => {
    const nominal = sum === 0 ? 0 : Math.ceil((total * shares) / sum);
    const percent = (of: number): number => Math.round((nominal * of) / 100);
    return {
      nominal,
      min: nominal - percent(lendablePercent),
      max:
        borrowingLimitPercent === undefined
          ? nominal + total
          : nominal + percent(borrowingLimitPercent),
    };
  });
}

/** The seats of one level. */
export interface Seats {
  limits: LevelLimits;
  inUse: number;
}

export class SeatPool {
  #total: number;
  #used = 0;
  /** What levels keep for themselves and do not use. */
  #reserved = 0;
  /** The limited levels. Seats of others are counted, and nobody is kept from taking them. */
  #members: ReadonlySet<Seats> = new Set();

  constructor(total: number) {
    this.#total = total;
  }

  /** Levels come with what they have in use. All shares together may be more than `total`: then there are so many seats. */
  reset(total: number, levels: readonly Seats[]): void {
    this.#members = new Set(levels);
    const shares = levels.reduce((sum, { limits }) => sum + limits.nominal, 0);
    this.#total = Math.max(total, shares);
    this.#used = levels.reduce((sum, { inUse }) => sum + inUse, 0);
    this.#reserved = levels.reduce((sum, seats) => sum + unusedReserve(seats), 0);
  }

  fits(seats: Seats, width: number): boolean {
    const others = this.#reserved - unusedReserve(seats);
    const isFree = this.#used + others + width <= this.#total;
    if (seats.inUse === 0) return isFree || this.#used === 0; // S1: what is wider than everything runs alone.
    return isFree && seats.inUse + width <= seats.limits.max;
  }

  take(seats: Seats, width: number): void {
    this.#change(seats, width);
  }

  giveBack(seats: Seats, width: number): void {
    this.#change(seats, -width);
  }

  #change(seats: Seats, by: number): void {
    if (!this.#members.has(seats)) {
      seats.inUse += by;
      return;
    }
    this.#reserved -= unusedReserve(seats);
    seats.inUse += by;
    this.#used += by;
    this.#reserved += unusedReserve(seats);
  }
}

function unusedReserve({ limits, inUse }: Seats): number {
  return Math.max(0, limits.min - inUse);
}
