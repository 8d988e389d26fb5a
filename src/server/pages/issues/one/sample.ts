import type { Frame } from '../../../../core/model/events/event.ts';
import type { KeptSample } from '../../../../core/ports/events/event-store.ts';
import { tagPairs } from '../../components/facts.ts';
import { wideText } from '../../components/text.ts';
import { plural, time } from '../../format.ts';
import { html, type Html, link } from '../../html.ts';
import type { IssueSeen } from './read.ts';

/** Calls shown at once; the others unfold. */
const SHOWN = 8;

/** The newest event in full; nothing where none is kept. */
export function newestPart({ stored }: IssueSeen, now: number): Html | null {
  const newest = stored?.samples.find(({ which }) => which === 'newest');
  if (newest === undefined) return null;
  const { at, eventId, sample } = newest;
  const text = sample?.text ?? '';
  const before = sample?.context ?? [];
  const line = sample?.link === undefined ? null : html`, ${link(sample.link, 'the log line at its vendor')}`;
  return html`<section aria-labelledby="newest"><h2 id="newest">Newest event <small>${time(at, now)} UTC,
    <bdi>${eventId}</bdi>${line}</small></h2>
    ${tagsPart(newest)}
    ${framesPart(sample?.frames ?? [])}
    ${text === '' ? null : textPart('message', 'Message', text)}
    ${before.length === 0 ? null : textPart('context', 'Lines before', before.join('\n'))}
    </section>`;
}

function tagsPart({ release, environment, user, tags }: KeptSample): Html {
  return tagPairs([['environment', environment], ['release', release], ['user', user], ...Object.entries(tags)]);
}

function framesPart(frames: readonly Frame[]): Html | null {
  if (frames.length === 0) return null;
  const newest = frames.toReversed();
  const rest = newest.slice(SHOWN);
  const list = (some: readonly Frame[], from: number): Html =>
    html`<ol class="frames" start="${from}">${some.map((frame) => html`<li>${frameText(frame)}</li>`)}</ol>`;
  const more = html`<details id="more-calls"><summary>${plural(rest.length, 'older call')}</summary>
    ${list(rest, SHOWN + 1)}</details>`;
  return html`<h3 id="calls">Calls <small>the newest first</small></h3>
    ${list(newest.slice(0, SHOWN), 1)}${rest.length === 0 ? null : more}`;
}

/** `total in cart.js:17:56`; what is not known is left out. */
function frameText({ module, function: name, line, column }: Frame): Html {
  const numbers = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`;
  const place = module === null ? null : html` <small>in</small> <bdi>${module}${numbers}</bdi>`;
  return html`<code><bdi class="call">${name ?? '<anonymous>'}</bdi>${place}</code>`;
}

function textPart(id: string, head: string, text: string): Html {
  return html`<h3 id="${id}">${head}</h3>
    ${wideText(text, { labelledBy: id })}`;
}
