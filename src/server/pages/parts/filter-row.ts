import { reasonFor } from '../../../core/model/make-report.ts';
import { isSurge } from '../../../core/model/trends.ts';
import { anchorOfFault } from '../../reasons/anchor-of.ts';
import { severityHealth, sumOf } from '../alerts/words.ts';
import { coarseStep, joined } from '../arrange/coarse.ts';
import { namedSpark } from '../chart/spark.ts';
import { tag, tags } from '../components/tag.ts';
import type { FilterData, PageData } from '../data/model.ts';
import { explained } from '../explained.ts';
import { peakOf } from '../chart/bars.ts';
import { incompleteIn, isSilent, missingIn } from '../findings/coverage.ts';
import { summarizeReceipt } from '../findings/receipts.ts';
import { isBeingCounted } from '../findings/standing.ts';
import { count, decimal, plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { cut } from '../words.ts';
import { addressOf, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** A table of filters: the filters of `data` are those that match, and `path` is the page that shows them. */
export interface Rows {
  readonly path: string;
  readonly view: View;
  readonly data: PageData;
  /** The count that is as high as a chart; absent: the highest of its own. */
  readonly top?: number;
  /** Charts have fewer bars than `data` has slots. */
  readonly isCoarse?: boolean;
}

/** The slots of a chart as they are drawn. */
export function drawn(windows: FilterData['windows'], { data, isCoarse = false }: Rows): FilterData['windows'] {
  return isCoarse ? joined(windows, data) : windows;
}

/** When they are, and how long each. */
export function timeOf({ data, isCoarse = false }: Rows): Pick<PageData, 'span' | 'step' | 'now'> {
  return isCoarse ? { ...data, ...coarseStep(data) } : data;
}

/** A filter in a table of them. `isAlone`: no heading above it names its team. */
export function filterRow(filter: FilterData, rows: Rows, isAlone: boolean): Html {
  const { data, view, top } = rows;
  const { name, team, usual } = filter;
  const windows = drawn(filter.windows, rows);
  const address = addressOf(`/filters/${name}`, keptOf(view));
  const of = isAlone && team !== null ? html` <small><bdi>${team}</bdi></small>` : null;
  return html`<tr data-filter="${name}" id="f-${name}">
    <th scope="row"><a href="${address}" id="a-${name}">${name}</a>${of}</th>
    <td class="n count" data-label="now">${nowOf(filter)}</td>
    <td class="n" data-label="usually">${decimal(usual)}</td>
    <td class="chart">${namedSpark(name, windows, timeOf(rows), top)}</td>
    <td class="n" data-label="peak">${count(peakOf(windows))}</td>
    <td class="notes">${notes(filter, data, address)}</td></tr>`;
}

function nowOf({ now, report }: FilterData): Html {
  if (now === null) return html`<span class="none" title="not counted">–</span>`;
  if (report?.totals.length === 0) return html`<span class="none" title="no project has a count">not known</span>`;
  return html`${count(now.events)}${now.complete ? null : html`<abbr title="incomplete: at least so many">+</abbr>`}`;
}

function notes(filter: FilterData, data: PageData, address: string): Html | null {
  const { now, usual, report, fault } = filter;
  const trending = report?.issues.filter((it) => it.trending).length ?? 0;
  const incomplete = incompleteIn(filter);
  const missing = missingIn(filter, data);
  const lacks = [
    ...(missing > 0 ? [`${count(missing)} not counted${beforeOverdue(data)}`] : []),
    ...(incomplete > 0 ? [`${count(incomplete)} incomplete`] : []),
  ];
  return tags([
    fault === '' ? null : faultNote(fault),
    report === null && fault === '' && data.current !== null ? uncountedNote(data) : null,
    ...(data.dryRun ? [] : deliveryNotes(filter)),
    report?.complete === false ? incompleteNote(report) : null,
    alertNote(filter, data, address),
    trending > 0 ? tag('trend', html`<a href="${address}#issues">${trending} trending</a>`) : null,
    now !== null && usual !== null && isSurge(now.events, usual) ? tag('idle', 'above usual') : null,
    lacks.length > 0 ? tag('warn', lacks.join(', ')) : null,
  ]);
}

function alertNote({ name, firing }: FilterData, { alerts }: PageData, address: string): Html | null {
  if (firing === null || alerts === null || alerts === 'unread') return null;
  const words = plural(sumOf(alerts.byFilter[name]!), 'alert');
  return tag(severityHealth(firing), html`<a href="${address}#alerts">${words}</a>`);
}

/** What is overdue is told for all filters together: these windows are others. */
function beforeOverdue({ overdue }: PageData): string {
  return overdue > 0 ? ` before the ${count(overdue)} overdue` : '';
}

function uncountedNote(data: PageData): Html {
  if (isBeingCounted(data)) return tag('idle', 'being counted');
  return tag('bad', explained('page-not-counted', 'now not counted'));
}

/** Sinks that did not take its last report. */
function deliveryNotes({ receipts }: FilterData): readonly Html[] {
  return receipts.flatMap((receipt) => {
    const { health, see } = summarizeReceipt(receipt);
    if (health !== 'bad' && health !== 'warn') return [];
    const words = `${receipt.key.sink}: ${health === 'bad' ? 'not delivered' : 'delivered in part'}`;
    return [tag(health, see === null ? words : explained(see, words))];
  });
}

function faultNote(fault: string): Html {
  const words = html`<bdi class="clamp" title="${fault}">${cut(fault, FAULT)}</bdi>`;
  return html`${tag('bad', explained(anchorOfFault(fault), 'not read:'))} <small>${words}</small>`;
}

/** Characters of a fault beside a row; the whole of it is its title, and on the filter's page. */
const FAULT = 160;

function incompleteNote(report: NonNullable<FilterData['report']>): Html {
  if (isSilent(report)) return tag('bad', explained('gap-source_silent', 'Sentry is silent'));
  const reason = reasonFor(report.gaps);
  return tag('warn', html`now incomplete${reason === '' ? null : html`: ${explained(`gap-${reason}`, reason)}`}`);
}
