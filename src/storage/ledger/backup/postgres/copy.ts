import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Copy } from '../../../../core/ports/backup/item.ts';
import { mustBeSame } from '../differences.ts';
import { factsOf, factsSaid } from '../facts.ts';
import type { DoJob } from '../sqlite/copy.ts';
import { inThread } from '../sqlite/in-thread.ts';
import { makeTables, withTables } from '../tables.ts';
import { dumpByTool, dumpRows } from './dump.ts';
import { sourceIn, withSnapshot } from './read.ts';

/** How names of copies of PostgreSQL's tables end. */
export const POSTGRES_ENDING = 'sql.gz';

export interface CopyParts {
  /** Name of its pg_dump. */
  readonly program?: string;
  readonly work?: DoJob;
  now(): number;
}

/** A copy of the ledger's tables in a PostgreSQL, by its pg_dump, or by our own. */
export async function copyPostgres(
  url: string,
  folder: string,
  { program = 'pg_dump', work = inThread, now }: CopyParts,
): Promise<Copy> {
  const file = join(folder, 'copy.sql.gz');
  const { facts, why } = await withSnapshot(url, async (client) => {
    const source = sourceIn(client);
    const [[snapshot] = []] = await source.query('select pg_export_snapshot()');
    const found = await factsOf(source);
    const passFile = join(folder, 'password');
    const without = await dumpByTool({ url, snapshot: snapshot!, file, passFile, program });
    await rm(passFile);
    if (without === null) return { facts: found, why: '' };
    await rm(file);
    await dumpRows(source, file);
    return { facts: found, why: `, copied without pg_dump: ${without}` };
  });
  return {
    file,
    ending: POSTGRES_ENDING,
    async prove(back, scratch) {
      const restored = join(scratch, 'scratch.sqlite');
      await withTables(`sqlite:${restored}`, now, (engine) => makeTables(engine, Number(facts['version'])));
      const found = await work({ kind: 'fill', from: back, file: restored });
      mustBeSame(found, facts);
      return { facts: found, said: `${factsSaid(found)}${why}` };
    },
  };
}
