/**
 * How many events issues had, as a row keeps it: ids and numbers by turns, without the brackets of a list, so that two
 * such texts with a comma between them are one. An id may come again: its numbers are added up.
 */
export function listOf(counts: Iterable<readonly [string, number]>): string {
  return JSON.stringify([...counts].flat()).slice(1, -1);
}

/** Adds up what texts say. `wanted`: undefined: all issues. */
export function addLists(texts: readonly string[], counts: Map<string, number>, wanted?: ReadonlySet<string>): void {
  const list = JSON.parse(`[${texts.join(',')}]`) as readonly unknown[];
  for (let place = 0; place < list.length; place += 2) {
    const [id, events] = [list[place], list[place + 1]];
    if (typeof id !== 'string' || typeof events !== 'number')
      throw new Error('the ledger holds counts of events that this program did not write');
    if (wanted === undefined || wanted.has(id)) counts.set(id, (counts.get(id) ?? 0) + events);
  }
}
