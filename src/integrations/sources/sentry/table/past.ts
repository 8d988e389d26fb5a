import { chunks } from '../../../../core/model/chunks.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { type Columns, MAX_URL_BYTES, type Selection, tableParams } from '../api/query.ts';
import { idIn, numberIn, type Row } from '../api/row.ts';
import { readPage } from '../api/rows.ts';

/** Counts of one stretch of time, as far as they were read. */
export interface PastCounts {
  readonly events: Map<string, number>;
  /** Every issue that is not in `events` had none. */
  readonly whole: boolean;
}

/** Reads the past of issues. */
export interface Past {
  /** The biggest issues. */
  top(selection: Selection, scope: Scope): Promise<PastCounts>;
  /** Asks for the issues that `counts` leaves open, and notes them: an issue without events is a 0. */
  fill(counts: PastCounts, issueIds: readonly string[], selection: Selection, scope: Scope): Promise<void>;
}

const PAST: Columns = { fields: ['issue.id', 'count()'], sort: ['-count()', 'issue.id'] };
/** Rows of a page. */
const PAGE = 100;

export function createPast(client: Client): Past {
  return {
    top: async (selection, scope) => {
      const { rows, whole } = await readPage(client, { columns: PAST, selection }, scope);
      return { events: countsIn(rows), whole };
    },
    fill: async (counts, issueIds, selection, scope) => {
      if (counts.whole) return;
      const missing = issueIds.filter((id) => !counts.events.has(id));
      for (const ids of chunks(missing, perRequest(missing, room(client, selection)))) {
        const query = `${selection.query} issue.id:[${ids.join(',')}]`.trim();
        const { rows } = await readPage(client, { columns: PAST, selection: { ...selection, query } }, scope);
        const found = countsIn(rows);
        for (const id of ids) counts.events.set(id, found.get(id) ?? 0);
      }
    },
  };
}

function countsIn(rows: readonly Row[]): Map<string, number> {
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const id = idIn(row, 'issue.id');
      return id === null ? [] : [[id, numberIn(row, 'count()')]];
    }),
  );
}

/** Bytes that ids may take in the request. */
function room(client: Client, selection: Selection): number {
  const pairs = tableParams(PAST, selection).map(([name, value]): [string, string] => [name, value]);
  return (
    MAX_URL_BYTES -
    client.url('events').length -
    new URLSearchParams(pairs).toString().length -
    ' issue.id:[]'.length * 3
  );
}

/** So many ids, with their encoded commas, fit; at most a page. */
function perRequest(ids: readonly string[], bytes: number): number {
  const longest = Math.max(1, ...ids.map((id) => id.length)) + '%2C'.length;
  return Math.min(PAGE, Math.max(1, Math.floor(bytes / longest)));
}
