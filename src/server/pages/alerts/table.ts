import { tag } from '../components/tag.ts';
import type { AlertSeen } from '../data/alerts/model.ts';
import { lasting, time } from '../format.ts';
import { html, type Html, link } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import { actionLinks } from './actions.ts';
import { toldPart } from './told.ts';
import { severityHealth, subjectText } from './words.ts';

/** How a table of alerts is looked at. */
export interface AlertTable {
  readonly alerts: readonly AlertSeen[];
  readonly now: number;
  readonly caption: string;
  /** They are all of one filter, whose page this is. */
  readonly isOfFilter: boolean;
  readonly hasActions: boolean;
}

/** One alert a row: how bad, what, since when, who was told. */
export function alertTable(shown: AlertTable): Html {
  return table({
    kind: 'alerts',
    caption: unseenCaption(shown.caption),
    columns: [
      column('Alert'),
      ...(shown.isOfFilter ? [] : [column('Filter')]),
      column('Since'),
      column('Why'),
      column('Told'),
    ],
    body: html`<tbody>${shown.alerts.map((it) => alertRow(it, shown))}</tbody>`,
  });
}

function alertRow(seen: AlertSeen, { now, isOfFilter, hasActions }: AlertTable): Html {
  const { alert } = seen;
  const { filter, team, id, why, severity } = alert;
  const isWatch = alert.subject.kind === 'part';
  const at = isWatch ? '/status#watches' : `/filters/${filter}`;
  const of = html`<td class="where" data-label="filter"><a href="${at}">${filter}</a>${
    team === null ? null : html` <small><bdi>${team}</bdi></small>`
  }</td>`;
  const more = isOfFilter || isWatch ? null : html` <a class="why" href="/filters/${filter}#rules">as it is now</a>`;
  return html`<tr data-alert="${id}"><th scope="row">${tag(severityHealth(severity), severity)}
    ${whatPart(seen)}</th>${isOfFilter ? null : of}
    <td class="since" data-label="since">${whenPart(seen, now)}</td>
    <td class="reason"><bdi>${why}</bdi>${more}</td>
    <td class="told">${toldPart(seen, now)}${hasActions ? actionLinks(seen) : null}</td></tr>`;
}

/** The subject, and the sentence as it is written. */
function whatPart({ alert }: AlertSeen): Html {
  const subject = subjectText(alert);
  const rule = html`<code><bdi>${alert.rule}</bdi></code>`;
  if (subject === '') return html`${link(alert.subject.url, rule)}`;
  const title = html`<bdi class="clamp" title="${subject}">${subject}</bdi>`;
  return html`${link(alert.subject.url, title)} <small>${rule}</small>`;
}

function whenPart({ since, until, alert }: AlertSeen, now: number): Html {
  if (until === null) return html`${time(since, now)} <small>${lasting(Math.max(0, now - since))}</small>`;
  if (alert.state === 'told') return html`${time(since, now)} <small>told once</small>`;
  const end = until + PERIOD_MS;
  return html`${time(since, now)} <small>until ${time(end, now)}, ${lasting(end - since)}</small>`;
}
