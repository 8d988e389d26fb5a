import type { ReportIssue } from '../../../core/model/report.ts';
import { spark } from '../chart/spark.ts';
import { describe } from '../chart/words.ts';
import { empty } from '../components/notice.ts';
import type { FilterData, FilterDetail, PageData, Slot } from '../data/model.ts';
import { lasting, span, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { isOfIntake, issueRow, issueTable, pageOf } from '../parts/issues.ts';
import { unseenCaption } from '../parts/table.ts';
import type { View } from '../view/view.ts';

/** All issues that were kept of the last report, each with its counts over the span where they are known. */
export function issuesPart({ report }: FilterData, detail: FilterDetail, data: PageData, view: View): Html {
  const issues = report?.issues ?? [];
  const when = report === null ? null : html` <small>${span(report.window, data.now)} UTC, first what trends</small>`;
  const rows = issues.map((issue) => {
    const page = isOfIntake(report) ? pageOf(issue, view) : null;
    return issueRow(issue, { isWhole: true, page, afterTitle: moreOf(issue, detail, data) });
  });
  const none = report === null ? 'None is known: this window was not counted.' : 'None was kept of this window.';
  return html`<section aria-labelledby="issues"><h2 id="issues">Issues${when}</h2>
    ${
      rows.length === 0
        ? empty(none)
        : issueTable(unseenCaption('Issues of the last counted window'), 'Project', html`<tbody>${rows}</tbody>`)
    }</section>`;
}

/** Below its title: what it is, since when, and how it went. */
function moreOf(issue: ReportIssue, { issues }: FilterDetail, data: PageData): Html {
  const counts = issues.get(issue.issueId);
  return html`<small class="issue-facts">${factsOf(issue, data.now)}</small>
    ${counts === undefined ? null : issueSpark(counts, data)}`;
}

function factsOf({ details }: ReportIssue, now: number): readonly Html[] {
  if (details === null) return [html`<span>nothing more is known</span>`];
  const { shortId, culprit, level, firstSeen, status, substatus } = details;
  const isOpen = status === null || status === 'unresolved';
  return [
    shortId,
    culprit,
    level,
    isOpen ? null : `${status}${substatus === null ? '' : `, ${substatus.replaceAll('_', ' ')}`}`,
  ]
    .filter((text) => text !== null && text !== '')
    .map((text) => html`<span><bdi>${text}</bdi></span> `)
    .concat(firstSeen === null ? [] : [html`<span>first seen ${time(firstSeen, now)} UTC</span>`]);
}

function issueSpark(counts: readonly (number | null)[], { span: { start }, step, now }: PageData): Html {
  const windows = counts.map((events, index): Slot | null =>
    events === null ? null : { start: start + index * step, events, complete: true, revision: 0 },
  );
  const label = `This issue, each bar ${lasting(step)}, ${describe(windows, start, step, now)}`;
  return spark({ windows, from: start, step, label });
}
