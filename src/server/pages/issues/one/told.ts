import { alertTable } from '../../alerts/table.ts';
import { DECISIONS_SAID } from '../../alerts/words.ts';
import type { RuleSaid } from '../../data/alerts/about-issue.ts';
import { plural } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { empty } from '../../components/notice.ts';
import { tag } from '../../components/tag.ts';
import { column, table, unseenCaption } from '../../parts/table.ts';
import type { IssueSeen } from './read.ts';

interface Shown {
  readonly now: number;
  readonly hasActions: boolean;
}

/** Which rules told whom of it and when, and what each says now; nothing where nobody can be told anything. */
export function toldParts({ alerts }: IssueSeen, { now, hasActions }: Shown): Html | null {
  if (alerts === null) return null;
  const shown = { alerts: alerts.alerts, now, caption: 'Alerts about this issue', isOfFilter: false, hasActions };
  const left = html`<p class="more">${plural(alerts.more, 'older alert is', 'older alerts are')} not shown here.</p>`;
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Told
    <small>of 30 days, newest first; times are UTC</small></h2>
    ${alerts.alerts.length === 0 ? empty('No rule has told of it.') : alertTable(shown)}
    ${alerts.more > 0 ? left : null}</section>
    ${alerts.said.length === 0 ? null : rulesPart(alerts.said)}`;
}

function rulesPart(said: readonly RuleSaid[]): Html {
  return html`<section aria-labelledby="rules"><h2 id="rules">Rules <small>by the last counted window</small></h2>
    ${table({
      kind: 'rules',
      caption: unseenCaption('What each rule says of it'),
      columns: [column('Rule'), column('Now'), column('Tells')],
      body: html`<tbody>${said.map(ruleRow)}</tbody>`,
    })}</section>`;
}

function ruleRow({ filter, rule, decision, why, recipients }: RuleSaid): Html {
  const [health, words] = DECISIONS_SAID[decision];
  return html`<tr data-rule="${rule}"><th scope="row"><code><bdi>${rule}</bdi></code>
    <small><a href="/filters/${filter}#rules">${filter}</a></small></th>
    <td class="said">${tag(health, words)} <bdi>${why}</bdi></td>
    <td data-label="tells">${recipients.length === 0 ? 'nobody' : recipients.join(', ')}</td></tr>`;
}
