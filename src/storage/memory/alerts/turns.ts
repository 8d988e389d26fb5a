/** Changes of maps that can be taken back. */
export interface Journal {
  set<K, V>(map: Map<K, V>, key: K, value: V): void;
  delete<K, V>(map: Map<K, V>, key: K): void;
}

/** One after the other: what a turn changed is taken back when it rejects. A turn must not ask for another one. */
export type Turns = <T>(act: (journal: Journal) => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(async () => {
      const { journal, undo } = openJournal();
      try {
        return await act(journal);
      } catch (error) {
        undo();
        throw error;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

function openJournal(): { readonly journal: Journal; undo(): void } {
  const done: (() => void)[] = [];
  const note = <K, V>(map: Map<K, V>, key: K): void => {
    const [had, before] = [map.has(key), map.get(key)];
    done.push(() => (had ? map.set(key, before!) : map.delete(key)));
  };
  return {
    journal: {
      set: (map, key, value) => {
        note(map, key);
        map.set(key, value);
      },
      delete: (map, key) => {
        note(map, key);
        map.delete(key);
      },
    },
    undo: () => done.reverse().forEach((it) => it()),
  };
}
