import type { Hit, Hits } from '../../../../core/model/ticketing/content.ts';
import { DAY_MS } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { instantOf } from '../api/instant.ts';
import { issueUrl } from '../api/links.ts';
import type { Projects } from '../api/projects.ts';
import type { Columns, Selection } from '../api/query.ts';
import { idIn, numberIn, type Row } from '../api/row.ts';
import { readPage } from '../api/rows.ts';

const SPAN_MS = 14 * DAY_MS;
/** Without an aggregate each row is an event. */
const EVENTS: Columns = { fields: ['id', 'timestamp', 'user'], sort: ['-timestamp', 'id'] };
const COUNT: Columns = { fields: ['count()'], sort: ['-count()'] };

interface Around {
  readonly client: Client;
  readonly projects: Projects;
  /** Address of Sentry's pages. */
  readonly web: string;
  now(): number;
}

/** By the events table: a request, and where there are more than a page of them one for their number. */
export async function newestEvents(
  { project, id }: { readonly project: string; readonly id: string },
  limit: number,
  { client, projects, web, now }: Around,
  scope: Scope,
): Promise<Hits> {
  const resolved = await projects.resolve([project], scope);
  const projectIds = resolved.projects.map((it) => it.id);
  if (projectIds.length === 0)
    return {
      listed: [],
      more: 0,
      lack: `Its events are not listed: ${resolved.gaps.map(({ detail }) => detail).join()}.`,
    };
  const end = Math.ceil(now() / 1000) * 1000;
  const window = { start: end - SPAN_MS, end };
  const selection = { query: `issue.id:${id}`, projectIds, environments: [], window };
  const { rows, whole } = await readPage(client, { columns: EVENTS, selection }, scope);
  const total = whole ? rows.length : await countOf(selection, client, scope);
  const listed = rows.slice(0, limit).flatMap((row) => hitIn(row, issueUrl(web, projects.org, id)));
  return { listed, more: Math.max(0, total - listed.length) };
}

async function countOf(selection: Selection, client: Client, scope: Scope): Promise<number> {
  const { rows } = await readPage(client, { columns: COUNT, selection }, scope);
  return rows[0] === undefined ? 0 : numberIn(rows[0], 'count()');
}

/** Sentry says of a user what it knows: `id:123`. */
function hitIn(row: Row, issue: string): readonly Hit[] {
  const at = instantOf(idIn(row, 'timestamp'));
  const id = idIn(row, 'id');
  const user = idIn(row, 'user')?.replace(/^(?:id|username|email|ip):/, '') ?? null;
  return at === null ? [] : [{ at, user, url: id === null ? null : `${issue}events/${encodeURIComponent(id)}/` }];
}
