import type { CopiedRow } from '../copy-text.ts';

/** The version of the tables; 0: there are none. The text is read to its end, so that a damaged one is not believed. */
export async function versionIn(rows: AsyncIterable<CopiedRow>): Promise<number> {
  let version = 0;
  for await (const { table, columns, values } of rows)
    if (table === 'sentry_monitor_schema') version = Math.max(version, Number(values[columns.indexOf('version')]));
  return version;
}
