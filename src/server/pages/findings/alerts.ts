import { SEVERITIES } from '../../../core/model/alerting/rule.ts';
import { shortText } from '../../../core/alerts/words/clean-text.ts';
import { firingWords, severityHealth, subjectText, sumOf } from '../alerts/words.ts';
import type { AlertsNow } from '../data/model.ts';
import { lasting, moment, plural, some } from '../format.ts';
import type { Answer, Sentence } from './finding.ts';
import { type Health, worstOf } from './health.ts';
import type { Scene } from './scene.ts';

/** Characters of a subject, and of what a channel says, in a verdict. */
const MOST = { subject: 120, error: 200 };

/** Is an alert firing, and do those hear of it who should? Null: there are no rules, or another time is looked at. */
export function alerts(scene: Scene): Answer | null {
  const { alerts: now } = scene.data;
  if (now === null) return null;
  if (now === 'unread')
    return {
      health: 'idle',
      head: 'Alerts not known',
      sentences: [{ text: 'What rules came to is in the ledger, which cannot be read.', shown: scene.places.ledger }],
    };
  const firing = sumOf(now.counts);
  const unheard = ofChannels(now, scene);
  const unjudged = ofRules(now, scene);
  const health = worstOf([
    ...SEVERITIES.filter((severity) => now.counts[severity] > 0).map((severity) => severityHealth(severity)),
    ...(unheard.length > 0 ? (['bad'] as const) : []),
    ...(unjudged.length > 0 ? (['warn'] as const) : []),
  ]);
  const said = firing > 0 ? [ofFiring(now, firing, scene)] : [];
  if (said.length + unheard.length + unjudged.length === 0) return calm(now);
  return { health, head: headOf(firing, unheard), sentences: [...said, ...unheard, ...unjudged] };
}

function headOf(firing: number, unheard: readonly Sentence[]): string {
  if (firing > 0) return firingWords(firing);
  return unheard.length > 0 ? 'Not everybody is told' : 'Rules wait';
}

function calm({ filters, watches, fresh }: AlertsNow): Answer {
  if (fresh === filters && watches === 0) {
    const text = 'Rules judge the first window that is counted after they were read.';
    return { health: 'idle', head: 'Not judged yet', sentences: [{ text }] };
  }
  const all = [filters > 0 ? plural(filters, 'filter') : '', watches > 0 ? plural(watches, 'watch', 'watches') : ''];
  const text = `No rule of ${all.filter((it) => it !== '').join(' and ')} has anything to tell.`;
  return { health: 'good' satisfies Health, head: 'No alert is firing', sentences: [{ text }] };
}

function ofFiring({ firing, counts }: AlertsNow, all: number, { places, data }: Scene): Sentence {
  const { alert, since } = firing[0]!;
  const what = shortText(subjectText(alert), MOST.subject);
  const worst = `${alert.rule} of ${alert.filter}${what === '' ? '' : `, ${what}`}`;
  const split = SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
  const first = all === 1 ? '' : `${split}. The worst: `;
  const text = `${first}${worst}, since ${moment(since, data.now)} UTC.`;
  return { text, shown: places.alerts, see: ['page-alerts-firing'] };
}

function ofChannels({ channels }: AlertsNow, { places, data: { now } }: Scene): readonly Sentence[] {
  return channels.flatMap(({ name, lastError, lastSuccess, isUnheard }): Sentence[] => {
    if (lastError !== null) {
      const why = lastError.startsWith(`${name}: `) ? lastError.slice(name.length + 2) : lastError;
      const text = `${name} did not take its last message: ${shortText(why, MOST.error)}`;
      return [{ text, shown: places.channels, see: ['page-channel-fails'] }];
    }
    if (!isUnheard) return [];
    const text = `${name} has brought nothing for ${lasting(now - lastSuccess!)}: nobody knows that it works.`;
    return [{ text, shown: places.channels, see: ['page-channel-unheard'] }];
  });
}

function ofRules({ unjudged }: AlertsNow, { places }: Scene): readonly Sentence[] {
  if (unjudged.length === 0) return [];
  const text = `The last windows of ${some(unjudged)} were not judged by rules.`;
  return [{ text, shown: places.filters(unjudged), see: ['page-rules-wait'] }];
}
