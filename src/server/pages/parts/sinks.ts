import type { PageData } from '../data/model.ts';
import { type SinkSummary, summarizeSink } from '../findings/receipts.ts';
import { count, plural, span } from '../format.ts';
import { explainedAll } from '../explained.ts';
import { html, type Html } from '../html.ts';
import { sign } from '../components/sign.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

/** Errors shown of a sink. */
const ERRORS = 3;

/** What each sink took of the last counted window. */
export function sinksPart({ sinks, filters, current, now, dryRun }: PageData): Html {
  const when = current === null ? null : html` <small>${span(current, now)} UTC</small>`;
  const debug = html`<p class="note">DRY_RUN is set: every run is a debug run, nothing is sent.</p>`;
  const rows = sinks.map((name) => sinkRow(summarizeSink(name, filters)));
  return html`<section aria-labelledby="sinks"><h2 id="sinks">Sinks${when}</h2>
    ${dryRun ? debug : null}
    ${rows.length === 0 ? html`<p class="none">None is configured.</p>` : sinkTable(rows, CAPTION)}</section>`;
}

const CAPTION = 'What each sink took of the last counted window';

/** Rows made by `sinkRow`. */
export function sinkTable(rows: readonly Html[], caption: string): Html {
  return table({
    kind: 'sinks',
    caption: unseenCaption(caption),
    columns: [
      column('Sink'),
      column('Reports'),
      numbers('Accepted'),
      numbers('Refused'),
      numbers('Uncertain'),
      numbers('Failed'),
      column('Errors'),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
}

export function sinkRow(sink: SinkSummary): Html {
  const { name, health, reports, text, accepted, refused, uncertain, failed } = sink;
  return html`<tr data-sink="${name}"><th scope="row">${sign(health)} ${name}</th>
    <td>${reports === 0 ? 'nothing yet' : text}</td>
    <td class="n" data-label="accepted">${count(accepted)}</td>
    <td class="n" data-label="refused">${count(refused)}</td>
    <td class="n" data-label="uncertain">${count(uncertain)}</td>
    <td class="n" data-label="failed">${count(failed)}</td>
    <td class="errors">${errorsOf(sink)}</td></tr>`;
}

function errorsOf({ errors, see }: SinkSummary): readonly (Html | null)[] {
  const first = errors.slice(0, ERRORS).map(([text, times]) => {
    const often = times > 1 ? ` (${plural(times, 'report')})` : null;
    return html`<p><bdi>${text}</bdi>${often}</p>`;
  });
  const others = errors.length - ERRORS;
  return [...first, others > 0 ? html`<p>and ${others} other errors</p>` : null, explainedAll(see)];
}
