import type { KnownObject, ObjectBook, ObjectEnd } from '../../../src/core/ports/events/object-book.ts';

interface Row {
  status: ObjectEnd['status'];
  tries: number;
  nextAt: number;
  token: string;
  state: string | null;
  movedAt: number;
}

/** Objects in a plain map, by a clock of the test's own. */
export function createObjectBook(now: () => number = () => 0): ObjectBook {
  const rows = new Map<string, Row>();
  const posts = new Set<string>();
  let tokens = 0;
  const known = (name: string): KnownObject => ({
    name,
    state: rows.get(name)!.state,
    movedAt: rows.get(name)!.movedAt,
  });
  const named = (status: Row['status']): readonly string[] =>
    [...rows]
      .filter(([, row]) => row.status === status)
      .map(([name]) => name)
      .toSorted();
  return {
    async want(_project, names, post) {
      if (post !== undefined && posts.has(post.id)) return false;
      if (post !== undefined) posts.add(post.id);
      for (const name of names)
        if (rows.get(name)?.status !== 'wanted')
          rows.set(name, { status: 'wanted', tries: 0, nextAt: 0, token: '', state: null, movedAt: now() });
      return true;
    },
    knows: async (_project, id) => posts.has(id),
    all: async () =>
      [...rows].map(([name, { status }]) => ({ name, status })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    async claim() {
      const name = named('wanted').find((it) => rows.get(it)!.nextAt <= now() && rows.get(it)!.token === '');
      if (name === undefined) return null;
      const row = rows.get(name)!;
      Object.assign(row, { tries: row.tries + 1, token: String(++tokens) });
      const before = named('read').findLast((it) => it < name);
      return { name, token: row.token, tries: row.tries, before: before === undefined ? null : known(before) };
    },
    async settle(_project, { name, token }, end) {
      const row = rows.get(name)!;
      if (row.token !== token) return false;
      const state = end.status === 'read' ? end.state : null;
      const nextAt = end.status === 'wanted' ? now() + end.againMs : 0;
      Object.assign(row, { status: end.status, state, nextAt, token: '', movedAt: now() });
      return true;
    },
    async reach() {
      const newest = named('read').at(-1);
      return { newest: newest === undefined ? null : known(newest), waiting: named('wanted')[0] ?? null };
    },
    async told(_project, { name }, state) {
      rows.get(name)!.state = state;
    },
  };
}
