import { BackupTrouble } from '../../../src/core/backup/trouble.ts';
import type { BackupItem } from '../../../src/core/ports/backup/item.ts';
import type { BackupPlace } from '../../../src/core/ports/backup/place.ts';

/** A place without a disk: names and what is in them. */
export interface Shelf extends BackupPlace {
  readonly files: Map<string, string>;
  /** Workshops that are not removed. */
  open(): number;
}

export function createShelf(named: readonly string[] = []): Shelf {
  const files = new Map(named.map((name) => [name, 'old']));
  const [desk, back] = [new Map<string, string>(), new Map<string, string>()];
  let open = 0;
  const digest = (text: string) => ({ bytes: text.length, sha256: `sum of ${text}` });
  return {
    files,
    open: () => open,
    name: 'the shelf',
    names: async () => [...files.keys()],
    async put(name, file) {
      if (files.has(name)) throw new BackupTrouble(`there is a ${name} already`);
      const text = desk.get(file) ?? file;
      files.set(name, text);
      return digest(text);
    },
    async fetch(name, file) {
      back.set(file, files.get(name)!);
      return digest(files.get(name)!);
    },
    async remove(name) {
      files.delete(name);
    },
    async workshop() {
      open++;
      const path = `desk-${open}`;
      const write = async (name: string, text: string) => {
        desk.set(`${path}/${name}`, text);
        return `${path}/${name}`;
      };
      return { path, write, remove: async () => void open-- };
    },
  };
}

/** One whose copy is its name; `fault`: what its proof says. */
export function itemOf(name: string, fault?: string): BackupItem {
  return {
    name,
    copy: async () => ({
      file: `content of ${name}`,
      ending: 'txt',
      prove: async () => {
        if (fault !== undefined) throw new BackupTrouble(fault);
        return { facts: { rows: 3 }, said: '3 rows' };
      },
    }),
  };
}
