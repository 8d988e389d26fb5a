import type { Complaint } from '../../../../config/filters/complaint.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Window } from '../../../../core/model/window.ts';
import { isField } from '../search/fields.ts';
import { formsOf } from '../../../../core/model/counting/terms.ts';
import { type Asking, isAscii, LOOKALIKES, valueFor } from '../search/terms.ts';

/** The whole request line stays under this: proxies refuse longer ones. */
export const MAX_URL_BYTES = 4096;
/** At most 20 fields a request; a split needs three of its own. */
const MAX_TAGS = 17;
/** Ids of new projects have 16 digits; what is not resolved yet is counted as long. */
const ID_DIGITS = 16;
/** A cursor and its name, as long as they may get. */
const CURSOR_BYTES = 40;

/** Of the request line besides its query: method, address, path. */
const ADDRESS_BYTES = 256;

/** The filter as a search of Sentry's events table; '' matches every event. */
export function searchOf(filter: Filter): string {
  return searchBy(filter, hasRoomForForms(filter) ? formsOf : asWritten, 'plain');
}

/**
 * The same search for a server that would take a literal text for the whole of the message, by those of the terms for
 * which stars find no other texts; null: there is none. It leaves out all that the other search leaves out.
 */
export function starredSearchOf(filter: Filter): string | null {
  const searchTerms = filter.searchTerms.filter(isAscii);
  if (searchTerms.length === 0) return null;
  const starred = searchBy({ ...filter, searchTerms }, asWritten, 'starred');
  const left = [...filter.exclude.flatMap(hasRoomForForms(filter) ? formsOf : asWritten), ...LOOKALIKES];
  return [starred, ...left.map((text) => `!message:${valueFor(text, 'plain')}`)].join(' ');
}

/** Whether the request takes all forms of the terms; else they are asked for as they are written. */
function hasRoomForForms(filter: Filter): boolean {
  return ADDRESS_BYTES + longestQuery(filter, searchBy(filter, formsOf, 'plain')) <= MAX_URL_BYTES;
}

function asWritten(term: string): readonly string[] {
  return [term];
}

function searchBy(filter: Filter, forms: (term: string) => readonly string[], asking: Asking): string {
  const values = (terms: readonly string[]): readonly string[] =>
    terms.flatMap(forms).map((form) => `message:${valueFor(form, asking)}`);
  const parts = [
    anyOf(filter.levels.map((level) => `level:${level}`)),
    anyOf(values(filter.searchTerms)),
    ...values(filter.exclude).map((value) => `!${value}`),
    filter.query === undefined ? '' : `(${filter.query})`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function anyOf(terms: readonly string[]): string {
  return terms.length < 2 ? (terms[0] ?? '') : `(${terms.join(' OR ')})`;
}

/** What events have of their own is asked for bare: as `tags[…]` it would be looked for among custom tags. */
export function tagField(tag: string): string {
  return isField(tag) ? tag : `tags[${tag}]`;
}

export type Params = readonly (readonly [string, string])[];

/** Where a table request looks. */
export interface Selection {
  readonly query: string;
  readonly projectIds: readonly string[];
  readonly environments: readonly string[];
  readonly window: Window;
}

/** What a table request asks for. `sort` must be a total order, or rows shift between pages. */
export interface Columns {
  readonly fields: readonly string[];
  readonly sort: readonly string[];
}

/** What is asked of the table. */
export interface TableQuestion {
  readonly columns: Columns;
  readonly selection: Selection;
}

export const TOTALS: Columns = {
  fields: ['project.id', 'count()', 'count_unique(user)'],
  sort: ['-count()', 'project.id'],
};
export const ROWS: Columns = {
  fields: ['issue.id', 'project.id', 'count()', 'count_unique(user)'],
  sort: ['-count()', 'issue.id'],
};

/** Given by the issue: no order of their own is needed, and `issue` beside `issue.id` can have none. */
const BY_ISSUE = new Set(['issue', 'issue.id', 'project', 'project.name', 'project.id']);

export function splitsBy(tags: readonly string[]): Columns {
  const fields = tags.map(tagField);
  return {
    fields: [...new Set(['issue.id', 'project.id', ...fields, 'count()'])],
    sort: ['-count()', 'issue.id', ...fields.filter((field) => !BY_ISSUE.has(field))],
  };
}

/** The fields that are no aggregates: each combination of their values is one row. */
export function groupedBy({ fields }: Columns): readonly string[] {
  return fields.filter((field) => !field.includes('('));
}

export function tableParams({ fields, sort }: Columns, selection: Selection): Params {
  return [
    ['dataset', 'errors'],
    ...fields.map((field): [string, string] => ['field', field]),
    ['query', selection.query],
    ['start', sentryTime(selection.window.start)],
    ['end', sentryTime(selection.window.end)],
    ...selection.projectIds.map((id): [string, string] => ['project', id]),
    ...selection.environments.map((name): [string, string] => ['environment', name]),
    ...sort.map((key): [string, string] => ['sort', key]),
    ['per_page', '100'],
  ];
}

/** Length of a table request's query, with room for a cursor. */
export function bytesOf(columns: Columns, selection: Selection): number {
  return (
    CURSOR_BYTES +
    new URLSearchParams(
      tableParams(columns, selection).map(([name, value]): [string, string] => [name, value]),
    ).toString().length
  );
}

/** UTC, whole seconds, without zone: a zone would be ignored or refused. */
export function sentryTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** Filters whose terms are asked for as they are written only. */
export function formsLeftOut(filters: readonly Filter[]): readonly Complaint[] {
  return filters
    .filter((filter) => !hasRoomForForms(filter) && searchBy(filter, formsOf, 'plain') !== searchOf(filter))
    .map(({ name, searchTerms }) => ({
      filter: name,
      key: searchTerms.length > 0 ? 'searchTerms' : 'exclude',
      text:
        'the request has no room for all written forms of letters outside ASCII; ' +
        'Sentry is asked for the terms as they are written, so split the filter, or write them as they appear',
    }));
}

/** What Sentry would refuse, or a proxy before it. `base`: the URL up to the table. */
export function vet(filters: readonly Filter[], base: string): readonly Complaint[] {
  return filters.flatMap((filter) => [...tooManyTags(filter), ...tooLong(filter, base)]);
}

function tooManyTags({ name, tags }: Filter): readonly Complaint[] {
  if (tags.length <= MAX_TAGS) return [];
  return [
    {
      filter: name,
      key: 'tags',
      text: `${tags.length} tags; Sentry counts by at most ${MAX_TAGS} together, so remove some`,
    },
  ];
}

function tooLong(filter: Filter, base: string): readonly Complaint[] {
  const bytes = base.length + longestQuery(filter, searchOf(filter));
  if (bytes <= MAX_URL_BYTES) return [];
  const key = filter.searchTerms.length + filter.exclude.length > 0 ? 'searchTerms' : 'projects';
  const text =
    `the request would take ${bytes} bytes, ${MAX_URL_BYTES} are safe; ` +
    'split the filter, or use fewer projects and shorter terms';
  return [{ filter: filter.name, key, text }];
}

function longestQuery(filter: Filter, query: string): number {
  const selection: Selection = {
    query,
    projectIds: filter.projects.map(() => '9'.repeat(ID_DIGITS)),
    environments: filter.environments,
    window: { start: 0, end: 0 },
  };
  const columns = filter.tags.length > 0 ? [ROWS, splitsBy(filter.tags)] : [ROWS];
  return Math.max(...columns.map((it) => bytesOf(it, selection)));
}
