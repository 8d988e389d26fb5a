import { html, type Html, type HtmlPart } from '../html.ts';
import { addressOf } from '../view/address.ts';
import type { Sort, View } from '../view/view.ts';

export interface Table {
  /** What its rows are; the style knows it by that. */
  readonly kind:
    | 'issues'
    | 'filters'
    | 'sinks'
    | 'runs'
    | 'windows'
    | 'reasons'
    | 'files'
    | 'projects'
    | 'shares'
    | 'late'
    | 'alerts'
    | 'rules'
    | 'messages'
    | 'channels'
    | 'held'
    | 'mutes'
    | 'listed'
    | 'alike'
    | 'events'
    | 'watches'
    | 'intakes'
    | 'schedules'
    | 'jobs';
  readonly caption: Html;
  /** Its head, made by `column`, `numbers` and `sorted`. */
  readonly columns: readonly Html[];
  readonly body: HtmlPart;
}

export function table({ kind, caption, columns, body }: Table): Html {
  return html`<table class="${kind}">${caption}
    <thead><tr>${columns}</tr></thead>
    ${body}</table>`;
}

export function column(name: HtmlPart): Html {
  return html`<th scope="col">${name}</th>`;
}

/** A column of numbers, with their unit. */
export function numbers(name: HtmlPart, unit?: string): Html {
  return html`<th scope="col" class="n">${name}${unitOf(unit)}</th>`;
}

/** A column whose head sorts by it. */
export interface Sorting {
  readonly sort: Sort;
  readonly name: string;
  readonly unit?: string;
  readonly path: string;
  readonly view: View;
}

export function sorted({ sort, name, unit, path, view }: Sorting): Html {
  const isText = sort === 'name' || sort === 'trouble';
  const direction = sort === 'name' ? 'ascending' : 'descending';
  const by = (view.sort ?? 'trouble') === sort ? html` aria-sort="${direction}"` : null;
  return html`<th scope="col"${isText ? null : html` class="n"`}${by}>
    <a href="${addressOf(path, view, { sort })}" title="Sort by this">${name}</a>${unitOf(unit)}</th>`;
}

function unitOf(unit: string | undefined): Html | null {
  return unit === undefined ? null : html` <small>${unit}</small>`;
}

/** A caption for who cannot see that the heading says the same. */
export function unseenCaption(text: string): Html {
  return html`<caption class="unseen">${text}</caption>`;
}
