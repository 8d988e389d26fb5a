import type { Health } from '../findings/health.ts';
import { html, type Html, type HtmlPart } from '../html.ts';

/** A word set apart. Its words say the state too: colour only helps. */
export function tag(health: Health, content: HtmlPart): Html {
  return html`<span class="tag ${health}">${content}</span>`;
}

/** Several in a row; nothing where there are none. */
export function tags(all: readonly (Html | null)[]): Html | null {
  const there = all.filter((it) => it !== null);
  return there.length === 0 ? null : html`<ul class="tags">${there.map((it) => html`<li>${it}</li>`)}</ul>`;
}
