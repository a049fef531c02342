/** Which queues a flow may wait in: always the same few, chosen by its hash, so that two flows seldom share all of theirs. */

/** So many different queues of `deckSize`, numbered from 0. */
export function dealHand(hash: number, deckSize: number, handSize: number): readonly number[] {
  let left = hash;
  const hand: number[] = [];
  for (let dealt = 0; dealt < Math.min(handSize, deckSize); dealt++) {
    const cards = deckSize - dealt;
    let card = left % cards;
    left = Math.floor(left / cards);
    // The card's number among those that are not dealt yet; `hand` is sorted.
    let at = 0;
    for (const taken of hand) {
      if (taken > card) break;
      card++;
      at++;
    }
    hand.splice(at, 0, card);
  }
  return hand;
}

/** A number of 53 bits: FNV-1a twice, over the text forwards and backwards. */
export function hashOf(text: string): number {
  let forwards = 0x811c9dc5;
  let backwards = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    forwards = Math.imul(forwards ^ text.charCodeAt(i), 0x01000193);
    backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return (forwards >>> 0) + (backwards & 0x1fffff) * 2 ** 32;
}
