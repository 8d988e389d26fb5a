import { rulesPart } from '../alerts/rules.ts';
import { chartFigure } from '../chart/figure.ts';
import { notices } from '../components/past.ts';
import { originPart } from '../components/origin.ts';
import { verdicts } from '../components/verdicts.ts';
import { dateForm, rangeControls, whenWords } from '../components/when.ts';
import type { FilterData, FilterDetail, PageData } from '../data/model.ts';
import type { WindowDetail } from '../data/windows.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { lasting } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { addressOf, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { asksPart } from './asks.ts';
import { deliveriesPart } from './deliveries.ts';
import { headPart } from './head.ts';
import { issuesPart } from './issues.ts';
import { latePart } from './late.ts';
import { projectsPart } from './projects.ts';
import { tagsPart } from './tags.ts';
import { windowsPart } from './windows.ts';

export interface FilterPage {
  readonly data: PageData;
  readonly filter: FilterData;
  readonly detail: FilterDetail;
  /** Windows of the span, by start, epoch ms. */
  readonly details: ReadonlyMap<number, WindowDetail>;
  readonly view: View;
  /** How long things took; null: no log tells of it. */
  readonly timings?: Html | null;
}

/** One filter: what it asks, its counts, its issues, what became of each report. */
export function filterPage(page: FilterPage): string {
  const { data, filter, view } = page;
  const path = `/filters/${filter.name}`;
  const findings = findingsOf({ ...data, filters: [filter] }, view);
  return layout({
    title: titleOf(findings, filter.name),
    health: healthOf(findings),
    here: { page: 'filters', part: true },
    path,
    view,
    data,
    main: html`<p class="crumbs wide"><a href="${addressOf('/filters', keptOf(view))}">Filters</a></p>
      <h1>${filter.name}</h1>
      ${notices(path, view, data)}
      ${verdicts(findings, true)}
      ${headPart(filter)}
      ${eventsPart(page, path)}
      ${sectionsOf(page)}
      ${originPart(data)}`,
  });
}

/** NOTE: what a chart is drawn of stands above it, all else below: it has to be on the first screen of a phone. */
function eventsPart({ data, filter, view }: FilterPage, path: string): Html {
  const shown = { path, view, data };
  return html`<section aria-labelledby="events"><div class="events-head">
    <h2 id="events">Events <small>${whenWords(shown)}, each bar ${lasting(data.step)}</small></h2>
    <div class="controls">${rangeControls(shown)}</div></div>
    ${chartFigure(filter, data)}
    <div class="controls">${dateForm(shown)}</div></section>`;
}

/**
 * In the order in which a person asks: what is counted, what is it, where, of whom; then whether the numbers went where
 * they should.
 */
function sectionsOf({ data, filter, detail, details, view, timings = null }: FilterPage): readonly (Html | null)[] {
  return [
    rulesPart(filter, detail, data),
    asksPart(filter, detail, data),
    issuesPart(filter, detail, data, view),
    projectsPart(filter, data.now),
    tagsPart(filter, detail, data.now),
    timings,
    deliveriesPart(data, details),
    latePart(detail, data),
    windowsPart(filter, data, details),
  ];
}
