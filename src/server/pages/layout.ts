import { iconOf } from './components/icons.ts';
import { type Here, nav } from './components/nav.ts';
import type { PageData } from './data/model.ts';
import type { Health } from './findings/health.ts';
import { time } from './format.ts';
import { html, type Html, type HtmlPart } from './html.ts';
import { addressOf } from './view/address.ts';
import type { View } from './view/view.ts';

export interface Layout {
  readonly title: string;
  /** What the page says; its script puts a newer one in its place. */
  readonly main: HtmlPart;
  /** Absent: none of the pages that the navigation has. */
  readonly here?: Here;
  /** How what it shows stands: its icon says so. Absent: nothing is said. */
  readonly health?: Health;
  /** Its path, and what was chosen; for links, and for who holds it on paper. */
  readonly path?: string;
  readonly view?: View;
  /** Absent: the page says nothing that could grow old. */
  readonly data?: Pick<PageData, 'now' | 'server' | 'hasMessages'>;
}

/** A whole page. Without script the browser loads it anew by itself. */
export function layout({ title, main, here, health = 'idle', path = '/', view = {}, data }: Layout): string {
  const refresh = html`<noscript><meta http-equiv="refresh" content="60"></noscript>`;
  return html`<!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title>
    <link rel="icon" id="icon" href="${iconOf(health)}" type="image/svg+xml"><link rel="stylesheet" href="/page.css">
    <script src="/page.js" defer></script>${data === undefined ? null : refresh}</head>
    <body><a class="skip" href="#main">Skip to the content</a>
    <header class="head"><div><p class="brand"><a href="/">${LOGO}sentry-monitor</a></p>
    ${nav(here ?? null, view, data?.hasMessages ?? false)}${data === undefined ? null : ageOf(data)}</div></header>
    <main id="main" tabindex="-1">${main}</main>
    ${data === undefined ? null : footOf(data, addressOf(path, view))}
    ${HATCH}
    </body></html>\n`.text;
}

function ageOf({ now }: Pick<PageData, 'now'>): Html {
  return html`<p class="age"><span id="age" role="status"></span>
    <span id="made">as of ${time(now, now)} UTC</span></p>`;
}

/** Which server made it, and on paper also when and where. */
function footOf({ server, now }: Pick<PageData, 'server' | 'now'>, address: string): Html {
  const iso = new Date(now).toISOString();
  const when = `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  return html`<footer class="foot"><p>Served by sentry-monitor on the host <bdi>${server}</bdi>.</p>
    <p class="printed">Printed from <bdi>${address}</bdi>, as of ${when}.</p>
    </footer>`;
}

const LOGO = html`<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
  <path d="M1 15v-4h3v4zM5 15V8h3v7zM9 15v-5h3v5zM13 15V2h2v13z"/></svg>`;

/** The pattern of what was not counted. */
const HATCH = html`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <rect class="hatch" width="1.6" height="5"/></pattern></defs></svg>`;
