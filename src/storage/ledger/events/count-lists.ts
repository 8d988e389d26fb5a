/**
 * How many events issues had, as a row keeps it: ids and numbers by turns, without the brackets of a list, so that two
 * such texts with a comma between them are one. An id may come again: its numbers are added up.
 */
export function listOf(counts: Iterable<readonly [string, number]>): string {
  return JSON.stringify([...counts].flat()).slice(1, -1);
}

/** Adds up what texts say. `wanted`: undefined: all issues. */
export function addLists(texts: readonly string[], counts: Map<string, number>, wanted?: ReadonlySet<string>): void {
  const [only] = wanted?.size === 1 ? wanted : [];
  if (only !== undefined) return addOne(texts, only, counts);
  const list = JSON.parse(`[${texts.join(',')}]`) as readonly unknown[];
  for (let place = 0; place < list.length; place += 2) {
    const [id, events] = [list[place], list[place + 1]];
    if (typeof id !== 'string' || typeof events !== 'number') throw foreign();
    if (wanted === undefined || wanted.has(id)) counts.set(id, (counts.get(id) ?? 0) + events);
  }
}

/**
 * Without reading all of it. NOTE: a quote within an id is written with a backslash before it, so one behind a comma
 * begins an id.
 */
function addOne(texts: readonly string[], id: string, counts: Map<string, number>): void {
  const key = `${JSON.stringify(id)},`;
  for (const text of texts) {
    if (!/^".*\d$/s.test(text)) throw foreign();
    for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length))
      if (at === 0 || text[at - 1] === ',') counts.set(id, (counts.get(id) ?? 0) + numberAt(text, at + key.length));
  }
}

function numberAt(text: string, place: number): number {
  const found = /^\d+/.exec(text.slice(place, place + 16));
  if (found === null) throw foreign();
  return Number(found[0]);
}

function foreign(): Error {
  return new Error('the ledger holds counts of events that this program did not write');
}
