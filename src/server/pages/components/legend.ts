import { html, type Html, type HtmlPart } from '../html.ts';

/** How to read the bars. `more`: further keys. */
export function legend(more: HtmlPart = null): Html {
  return html`<ul class="legend" aria-label="How to read the bars">
    ${legendKey(html`<path class="bars" d="M1 16v-9h3v9M5 16v-14h3v14M9 16v-6h3v6"/>`, 'counted')}
    ${legendKey(html`<path class="bars" d="M0 16v-1.5h12v1.5"/>`, 'zero')}
    ${legendKey(html`<path class="open" d="M3 16v-11h6v11"/>`, 'incomplete: at least so many')}
    ${legendKey(html`<path class="gaps" d="M0 0h12v16h-12z"/>`, 'not counted')}
    ${more}</ul>`;
}

export function legendKey(drawn: Html, text: string): Html {
  return html`<li><svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" focusable="false">${drawn}</svg>
    ${text}</li>`;
}
