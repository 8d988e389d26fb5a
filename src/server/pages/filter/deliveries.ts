import { empty } from '../components/notice.ts';
import type { PageData } from '../data/model.ts';
import type { WindowDetail } from '../data/windows.ts';
import { summarizeSink } from '../findings/receipts.ts';
import { plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { sinkRow, sinkTable } from '../parts/sinks.ts';

/** What each sink took of the windows that are listed, corrections among it. */
export function deliveriesPart({ sinks }: PageData, details: ReadonlyMap<number, WindowDetail>): Html | null {
  if (sinks.length === 0) return null;
  const windows = [...details.values()];
  const rows = sinks.map((name) => sinkRow(summarizeSink(name, windows)));
  return html`<section aria-labelledby="deliveries"><h2 id="deliveries">Deliveries
    <small>${plural(windows.length, 'window')}</small></h2>
    ${
      windows.length === 0
        ? empty('No window of this range has a report.')
        : sinkTable(rows, 'What each sink took of these windows')
    }</section>`;
}
