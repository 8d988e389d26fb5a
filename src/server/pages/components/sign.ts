import type { Health } from '../findings/health.ts';
import { html, type Html } from '../html.ts';

/** Told apart by form, not by colour alone. */
const SIGNS: Readonly<Record<Health, string>> = { good: '✓', trend: '▲', warn: '!', bad: '✕', idle: '·' };
const WORDS: Readonly<Record<Health, string>> = {
  good: 'in order',
  trend: 'trends',
  warn: 'look at it',
  bad: 'trouble',
  idle: 'no verdict',
};

export function sign(health: Health): Html {
  return html`<span class="sign ${health}" role="img" aria-label="${WORDS[health]}">${SIGNS[health]}</span>`;
}
