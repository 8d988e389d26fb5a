import { tag } from '../components/tag.ts';
import { empty } from '../components/notice.ts';
import type { AlertsDetail, RuleLine, RuleSeen } from '../data/alerts/model.ts';
import type { FilterData, FilterDetail, PageData } from '../data/model.ts';
import { plural, span } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import { actAddress } from './actions.ts';
import { alertTable } from './table.ts';
import { DECISIONS_SAID, severityHealth } from './words.ts';

/** A filter's alerts of the span that is shown, and what each of its rules says now; nothing where it has no rules. */
export function rulesPart(filter: FilterData, { alerts }: FilterDetail, data: PageData): Html | null {
  if (alerts === null) return null;
  return html`${toldSection(alerts, data)}${alerts.rules.length === 0 ? null : rulesSection(filter, alerts, data)}`;
}

function toldSection({ alerts, more }: AlertsDetail, { now, hasActions }: PageData): Html {
  const left = html`<p class="more">${plural(more, 'older alert is', 'older alerts are')} not shown here.</p>`;
  const shown = { alerts, now, caption: 'Alerts of this filter', isOfFilter: true, hasActions };
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Alerts
    <small>firing, then those of the range</small></h2>
    ${alerts.length === 0 ? empty('None in this range.') : alertTable(shown)}${more > 0 ? left : null}</section>`;
}

function rulesSection({ name }: FilterData, { rules }: AlertsDetail, data: PageData): Html {
  const { current, now, hasActions } = data;
  const when = current === null ? null : html` <small>by the window ${span(current, now)} UTC</small>`;
  return html`<section aria-labelledby="rules"><h2 id="rules">Rules${when}</h2>
    ${table({
      kind: 'rules',
      caption: unseenCaption('What each rule says of the last counted window'),
      columns: [column('Rule'), column('Now'), column('Tells')],
      body: html`<tbody>${rules.map((rule) => ruleRow(rule, name, hasActions))}</tbody>`,
    })}</section>`;
}

function ruleRow(rule: RuleSeen, filter: string, hasActions: boolean): Html {
  const { name, sentence, severity, tell, where, lines } = rule;
  const said =
    lines.length === 0
      ? html`<span class="none">nothing to judge</span>`
      : html`<ul class="plain">${lines.map((line) => html`<li>${linePart(line, filter)}</li>`)}</ul>`;
  const mute = html`<p class="act"><a href="${actAddress('mute', { rule: `${filter}/${name}` })}">mute</a></p>`;
  return html`<tr data-rule="${name}"><th scope="row"><code><bdi>${sentence}</bdi></code>
    ${tag(severityHealth(severity), severity)}${where === '' ? null : html` <small><bdi>${where}</bdi></small>`}</th>
    <td class="said">${said}</td>
    <td data-label="tells">${tell.length === 0 ? 'nobody' : tell.join(', ')}${hasActions ? mute : null}</td></tr>`;
}

function linePart({ subject, title, decision, why, recipients }: RuleLine, filter: string): Html {
  const [health, words] = DECISIONS_SAID[decision];
  const of = subject === filter ? null : html`<bdi class="clamp">${title ?? `issue ${subject}`}</bdi> `;
  return html`${of}<span class="tag ${health}" title="${recipients.join(', ')}">${words}</span> <bdi>${why}</bdi>`;
}
