import * as fs from 'node:fs';
import type { World } from '../../../src/app/world.ts';
import type { Bench } from './bench.ts';

/** One thing that is broken, and the one line that must fail. */
export interface Case {
  readonly broken: string;
  /** Breaks it; what it gives back is set besides. */
  arrange(bench: Bench): Broken | Promise<Broken>;
  readonly check: string;
  /** The variable, or the end of file:line. */
  readonly place: string | null;
  readonly says: RegExp;
}

export interface Broken {
  readonly env?: Readonly<Record<string, string>>;
  readonly world?: Partial<World>;
}

/** Nothing listens there. */
export const NOWHERE = 'http://127.0.0.1:1';

export function withFilters({ files }: Bench, text: string): Broken {
  fs.writeFileSync(files.file('filters.yaml'), text);
  return {};
}
