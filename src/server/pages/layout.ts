import type { Seen } from './data/model.ts';
import { time } from './format.ts';
import { html, type Html, type HtmlPart } from './html.ts';
import type { Finding } from './judge.ts';
import type { Mood } from './receipts.ts';

/** Told apart by form, not by colour alone. */
const SIGNS: Readonly<Record<Mood, string>> = { good: '✓', warn: '!', bad: '✕', idle: '·' };
const WORDS: Readonly<Record<Mood, string>> = {
  good: 'in order',
  warn: 'look at it',
  bad: 'trouble',
  idle: 'no verdict',
};

export function sign(mood: Mood): Html {
  return html`<span class="sign ${mood}" role="img" aria-label="${WORDS[mood]}">${SIGNS[mood]}</span>`;
}

export interface Sheet {
  readonly title: string;
  /** What the page says; its script puts a newer one in its place. */
  readonly main: HtmlPart;
  readonly seen?: Seen;
}

/** A whole page. Without script the browser loads it anew by itself. */
export function sheet({ title, main, seen }: Sheet): string {
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="/page.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        <script src="/page.js" defer></script>
        ${seen === undefined ? null : html`<noscript><meta http-equiv="refresh" content="60" /></noscript>`}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <p class="brand">
            <a href="/">sentry-monitor</a
            >${seen === undefined ? null : html` <span class="server">${seen.server}</span>`}
          </p>
          ${seen === undefined ? null : html`<p class="age"><span id="age" role="status"></span> <span id="made">as of ${time(seen.now, seen.now)} UTC</span></p>`}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
          <defs>
            <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="hatch" width="1.6" height="5" />
            </pattern>
          </defs>
        </svg>
      </body>
    </html>`.text
  }\n`;
}

export function verdicts(all: readonly Finding[]): Html {
  return html`<ul class="verdicts">
    ${all.map(
      ({ question, mood, head, text }) =>
        html`<li class="${mood}" data-verdict="${question}">
          ${sign(mood)}
          <p><strong>${head}.</strong> <bdi>${text}</bdi></p>
        </li>`,
    )}
  </ul>`;
}

/** Where the numbers come from, and what is wrong with them. */
export function originOf({ origin: { counts, runs, readAt, troubles, pending }, server, now, since }: Seen): Html {
  const own = html`the memory of this server, ${server}, which started at ${time(since, now)} UTC`;
  const read = readAt === null ? null : html`, read at ${time(readAt, now)} UTC`;
  const from = {
    ledger: html`the ledger, over all servers`,
    source: html`Sentry’s own time series${read}, and where this server counted a window from that`,
    memory: own,
  }[counts];
  return html`<p class="origin" data-origin="${counts}">
      Counts come from ${from}; runs, issues and deliveries from ${runs === 'ledger' ? 'the same' : own}. Times are
      UTC.${pending > 0 ? ` ${pending} more are being read.` : null}
    </p>
    ${
      troubles.length === 0
        ? null
        : html`<ul class="troubles">
            ${troubles.map((text) => html`<li>${sign('warn')} <bdi>${text}</bdi></li>`)}
          </ul>`
    }`;
}

export function legend(): Html {
  const key = (drawn: Html, text: string): Html =>
    html`<li>
      <svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" focusable="false">${drawn}</svg> ${text}
    </li>`;
  return html`<ul class="legend" aria-label="How to read the bars">
    ${key(html`<path class="bars" d="M1 16v-9h3v9M5 16v-14h3v14M9 16v-6h3v6" />`, 'counted')}
    ${key(html`<path class="bars" d="M0 16v-1.5h12v1.5" />`, 'zero')}
    ${key(html`<path class="open" d="M3 16v-11h6v11" />`, 'incomplete: at least so many')}
    ${key(html`<path class="gaps" d="M0 0h12v16h-12z" />`, 'not counted')}
  </ul>`;
}
