import type { KeptWatch, WatchStore } from '../../core/ports/watches/watch-store.ts';

interface Row {
  kept: KeptWatch;
  slot: number;
  /** Of whoever looked last. */
  token: string;
  /** 0: nobody looks at it now. */
  leaseUntil: number;
}

/** What one process knows of what it reads now and then. Of alerts nothing is kept. */
export function memoryWatches(now: () => number): WatchStore {
  const rows = new Map<string, Row>();
  let tokens = 0;
  const heldBy = (token: string): Row | undefined =>
    [...rows.values()].find((row) => row.token === token && row.leaseUntil > 0);
  return {
    now: async () => now(),
    async claim(name, { slot, leaseMs, isAsked = false }) {
      const row = rows.get(name) ?? { ...NOTHING, kept: { ...NOTHING.kept, name, since: now() } };
      if (row.leaseUntil > now() || (!isAsked && row.slot >= slot)) return null;
      const token = String(++tokens);
      rows.set(name, { ...row, slot, token, leaseUntil: now() + leaseMs });
      return { token, kept: row.kept };
    },
    async keep(token, { kept }) {
      const row = heldBy(token);
      if (row === undefined) return false;
      Object.assign(row, { kept, leaseUntil: 0 });
      return true;
    },
    async forget(token) {
      for (const [name, row] of rows) if (row.token === token) rows.delete(name);
    },
    read: async (name) => rows.get(name)?.kept ?? null,
    all: async () => [...rows.values()].map(({ kept }) => kept).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const NOTHING: Row = {
  kept: { name: '', good: null, last: null, since: 0, past: [], state: {} },
  slot: -1,
  token: '',
  leaseUntil: 0,
};
