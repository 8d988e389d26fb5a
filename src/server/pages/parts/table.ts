import { html, type Html, type HtmlPart } from '../html.ts';

export interface Table {
  /** What its rows are; the style knows it by that. */
  readonly kind: 'issues' | 'filters' | 'sinks' | 'runs' | 'windows' | 'reasons';
  readonly caption: Html;
  /** Its head, made by `column` and `numbers`. */
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

/** A column of numbers. */
export function numbers(name: HtmlPart): Html {
  return html`<th scope="col" class="n">${name}</th>`;
}

/** A caption for who cannot see that the heading says the same. */
export function unseenCaption(text: string): Html {
  return html`<caption class="unseen">${text}</caption>`;
}
