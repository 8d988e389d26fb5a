import { explainedAll } from '../explained.ts';
import type { Finding, Sentence } from '../findings/finding.ts';
import { html, type Html } from '../html.ts';
import { sign } from './sign.ts';

/**
 * Each question with its answer, where the reason is to be seen, and what to do. `isShort`: on a small screen what is
 * well is said by its head alone.
 */
export function verdicts(findings: readonly Finding[], isShort = false): Html {
  const items = findings.map(
    ({ question, health, head, sentences }) =>
      html`<li class="${health}" data-verdict="${question}">${sign(health)}
        <div><p><strong>${head}.</strong></p>${sentences.map(sentencePart)}</div></li>`,
  );
  return html`<ul class="${isShort ? 'verdicts short' : 'verdicts'}" aria-label="Verdicts">${items}</ul>`;
}

function sentencePart({ text, shown, see = [] }: Sentence): Html {
  const where = shown === undefined ? null : html` <small>See <a href="${shown.href}">${shown.name}</a>.</small>`;
  return html`<p><bdi class="brief">${text}</bdi>${where}${explainedAll(see)}</p>`;
}
