import type { PageData } from './data/model.ts';
import type { Finding } from './findings/findings.ts';
import type { Health } from './findings/health.ts';
import { time } from './format.ts';
import { explainedAll } from './explained.ts';
import { html, type Html, type HtmlPart } from './html.ts';

/** Told apart by form, not by colour alone. */
const SIGNS: Readonly<Record<Health, string>> = { good: '✓', warn: '!', bad: '✕', idle: '·' };
const WORDS: Readonly<Record<Health, string>> = {
  good: 'in order',
  warn: 'look at it',
  bad: 'trouble',
  idle: 'no verdict',
};

export function sign(health: Health): Html {
  return html`<span class="sign ${health}" role="img" aria-label="${WORDS[health]}">${SIGNS[health]}</span>`;
}

export interface Layout {
  readonly title: string;
  /** What the page says; its script puts a newer one in its place. */
  readonly main: HtmlPart;
  /** Absent: the page says nothing that could grow old. */
  readonly data?: PageData;
}

/** A whole page. Without script the browser loads it anew by itself. */
export function layout({ title, main, data }: Layout): string {
  const refresh = html`<noscript><meta http-equiv="refresh" content="60"></noscript>`;
  return html`<!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title>
    <link rel="icon" href="/page.svg" type="image/svg+xml"><link rel="stylesheet" href="/page.css">
    <script src="/page.js" defer></script>${data === undefined ? null : refresh}</head>
    <body><a class="skip" href="#main">Skip to the content</a>
    ${headerOf(data)}
    <main id="main" tabindex="-1">${main}</main>
    ${HATCH}
    </body></html>\n`.text;
}

function headerOf(data: PageData | undefined): Html {
  if (data === undefined) return html`<header><p class="brand"><a href="/">sentry-monitor</a></p></header>`;
  const { server, now } = data;
  return html`<header><p class="brand"><a href="/">sentry-monitor</a> <span class="server">${server}</span></p>
    <p class="age"><span id="age" role="status"></span>
    <span id="made">as of ${time(now, now)} UTC</span></p></header>`;
}

/** The pattern of what was not counted. */
const HATCH = html`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <rect class="hatch" width="1.6" height="5"/></pattern></defs></svg>`;

export function findingsPart(findings: readonly Finding[]): Html {
  const items = findings.map(
    ({ question, health, head, text, see = [] }) =>
      html`<li class="${health}" data-verdict="${question}">${sign(health)}
        <p><strong>${head}.</strong> <bdi>${text}</bdi>${explainedAll(see)}</p></li>`,
  );
  return html`<ul class="verdicts">${items}</ul>`;
}

/** Where the numbers come from, and what is wrong with them. */
export function originPart({ origin, server, now, since }: PageData): Html {
  const { counts, runs, readAt, troubles, pending } = origin;
  const own = html`the memory of this server, ${server}, which started at ${time(since, now)} UTC`;
  const read = readAt === null ? null : html`, read at ${time(readAt, now)} UTC`;
  const from = {
    ledger: html`the ledger, over all servers`,
    source: html`Sentry’s own time series${read}, and where this server counted a window from that`,
    memory: own,
  }[counts];
  const items = troubles.map(({ text }) => html`<li>${sign('warn')} <bdi>${text}</bdi></li>`);
  return html`<p class="origin" data-origin="${counts}">Counts come from ${from};
    runs, issues and deliveries from ${runs === 'ledger' ? 'the same' : own}. Times are UTC.${
      pending > 0 ? ` ${pending} more are being read.` : null
    }</p>
    ${items.length === 0 ? null : html`<ul class="troubles">${items}</ul>`}`;
}

/** How to read the bars. */
export function legend(): Html {
  return html`<ul class="legend" aria-label="How to read the bars">
    ${legendKey(html`<path class="bars" d="M1 16v-9h3v9M5 16v-14h3v14M9 16v-6h3v6"/>`, 'counted')}
    ${legendKey(html`<path class="bars" d="M0 16v-1.5h12v1.5"/>`, 'zero')}
    ${legendKey(html`<path class="open" d="M3 16v-11h6v11"/>`, 'incomplete: at least so many')}
    ${legendKey(html`<path class="gaps" d="M0 0h12v16h-12z"/>`, 'not counted')}
    </ul>`;
}

function legendKey(drawn: Html, text: string): Html {
  return html`<li><svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" focusable="false">${drawn}</svg>
    ${text}</li>`;
}
