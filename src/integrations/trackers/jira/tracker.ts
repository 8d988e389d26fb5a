import type { Scope } from '../../../core/ports/scope.ts';
import type { TicketRef } from '../../../core/model/ticketing/ticket.ts';
import type { ReadTicket, TicketPage, TicketText, Tracked, Tracker } from '../../../core/ports/tickets/tracker.ts';
import { OURS } from '../../../core/tickets/label.ts';
import type { Deps } from '../../plugin.ts';
import { type Ask, type Call, createApi, type Json } from './api.ts';
import { formOf, type Form, PAGE } from './form.ts';
import { FIELDS, ticketIn } from './issue.ts';
import { newIssue } from './new-issue.ts';
import type { Settings } from '../../vendors/jira/settings.ts';
import { wayBack } from './way-back.ts';

/** Of a text, UTF-16 units; Jira takes 32,767, and seems to count the document as it is written. */
const MOST = 25_000;
/** Comments that are looked through for one of ours, the newest. */
const MOST_COMMENTS = 100;
const MINUTE_MS = 60_000;

export function createJira(settings: Settings, deps: Deps, service: string): Tracker {
  const form = formOf(settings);
  const jira: Jira = { form, settings, service, ask: createApi(settings, form, deps, service) };
  const { ask } = jira;
  return {
    fits: (text) => lengthOf(form, text) < MOST,
    create: async (ticket, scope) => madeIn(await post(jira, 'issue', newIssue(ticket, settings, form), scope), jira),
    read: (idOrKey, scope) => read(jira, idOrKey, scope),
    async findByLabel(project, label, scope) {
      const jql = `project = ${quoted(project)} AND labels = ${quoted(label)} ORDER BY created ASC`;
      return mapped(await search(jira, jql, null, scope), ({ tickets }) => tickets);
    },
    comment: async (id, text, scope) =>
      mapped(await post(jira, `issue/${place(id)}/comment`, { body: form.textOf(text) }, scope), () => null),
    async hasComment(id, mark, scope) {
      const params = [
        ['orderBy', '-created'],
        ['maxResults', String(MOST_COMMENTS)],
      ] as const;
      const found = refusedIfMissing(await ask(get(`issue/${place(id)}/comment`, params), scope));
      return mapped(found, ({ comments }) =>
        listIn(comments).some((it) => form.plainOf((it as Json | null)?.['body']).includes(mark)),
      );
    },
    reopen: (id, scope) => reopen(jira, id, scope),
    relate: async (key, other, scope) =>
      mapped(
        await post(
          jira,
          'issueLink',
          { type: { name: 'Relates' }, inwardIssue: { key }, outwardIssue: { key: other } },
          scope,
        ),
        () => null,
      ),
    touched: (project, since, page, scope) => search(jira, touchedSince(project, deps.now() - since), page, scope),
  };
}

interface Jira {
  readonly form: Form;
  readonly settings: Settings;
  readonly service: string;
  readonly ask: Ask;
}

function lengthOf(form: Form, text: TicketText): number {
  const body = form.textOf(text);
  return typeof body === 'string' ? body.length : JSON.stringify(body).length;
}

async function read(
  { ask, form, settings, service }: Jira,
  idOrKey: string,
  scope: Scope,
): Promise<Tracked<ReadTicket | null>> {
  const found = await ask(get(`issue/${place(idOrKey)}`, [['fields', FIELDS.join(',')]]), scope);
  if (found.status === 'missing') return { status: 'done', value: null };
  if (found.status !== 'done') return found;
  const value = ticketIn(found.value, settings.url, form);
  return value === null ? strange(service, 'an issue') : { status: 'done', value };
}

/** NOTE: by relative time, since Jira takes a date for one in its user's time zone. */
function touchedSince(project: string, agoMs: number): string {
  const minutes = Math.max(1, Math.ceil(agoMs / MINUTE_MS));
  const which = `(labels = ${quoted(OURS)} OR text ~ ${quoted('Traceback')})`;
  return `project = ${quoted(project)} AND ${which} AND updated >= ${quoted(`-${minutes}m`)} ORDER BY updated ASC`;
}

async function search(jira: Jira, jql: string, page: string | null, scope: Scope): Promise<Tracked<TicketPage>> {
  const { ask, form, settings, service } = jira;
  const body = { jql, fields: FIELDS, maxResults: PAGE, ...form.pageOf(page) };
  const found = refusedIfMissing(await ask({ method: 'POST', path: form.search, body, isChange: false }, scope));
  if (found.status !== 'done') return found;
  const { issues } = found.value;
  if (!Array.isArray(issues)) return strange(service, 'a search');
  const tickets = issues.map((it) => ticketIn(it, settings.url, form));
  if (tickets.includes(null)) return strange(service, 'an issue');
  const next = form.nextOf(found.value, page, issues.length);
  return { status: 'done', value: { tickets: tickets as readonly ReadTicket[], next } };
}

async function reopen({ ask, ...jira }: Jira, id: string, scope: Scope): Promise<Tracked<boolean>> {
  const path = `issue/${place(id)}/transitions`;
  const found = refusedIfMissing(await ask(get(path), scope));
  if (found.status !== 'done') return found;
  const way = wayBack(found.value['transitions']);
  if (way === null) return { status: 'done', value: false };
  const gone = await post({ ask, ...jira }, path, { transition: { id: way } }, scope);
  // Refused, for instance because its screen wants a field: it is commented on all the same.
  return gone.status === 'refused' ? { status: 'done', value: false } : mapped(gone, () => true);
}

function madeIn(made: Tracked<Json>, { settings, service }: Jira): Tracked<TicketRef> {
  if (made.status !== 'done') return made;
  const { id, key } = made.value;
  if (typeof id !== 'string' || typeof key !== 'string')
    return { status: 'uncertain', why: `${service}: does not say which ticket it made` };
  return { status: 'done', value: { id, key, url: `${settings.url}/browse/${key}` } };
}

async function post({ ask }: Pick<Jira, 'ask'>, path: string, body: object, scope: Scope): Promise<Tracked<Json>> {
  return refusedIfMissing(await ask({ method: 'POST', path, body, isChange: true }, scope));
}

function get(path: string, params: Call['params'] = []): Call {
  return { method: 'GET', path, params, isChange: false };
}

function refusedIfMissing(found: Awaited<ReturnType<Ask>>): Tracked<Json> {
  return found.status === 'missing' ? { status: 'refused', why: found.why, fields: {} } : found;
}

function mapped<T, U>(tracked: Tracked<T>, map: (value: T) => U): Tracked<U> {
  return tracked.status === 'done' ? { status: 'done', value: map(tracked.value) } : tracked;
}

function strange(service: string, what: string): Tracked<never> {
  return { status: 'refused', why: `${service}: answers ${what} that this program cannot read`, fields: {} };
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function place(idOrKey: string): string {
  return encodeURIComponent(idOrKey);
}

/** A text of JQL. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
