import type { Alert } from '../../model/alerting/alert.ts';
import type { Message } from '../../model/alerting/message.ts';
import { cleanText, shortText } from './clean-text.ts';

/** Code points: it is a subject line, a header, what a telephone shows. */
const MOST = 150;

/** What is new, in one line. */
export function headOf(message: Message): string {
  const { alerts, lines } = message;
  const said = alerts.length === 0 ? (lines[0] ?? 'sentry-monitor') : `${whyTogether(message)}${whatOf(alerts)}`;
  return shortText(cleanText(`${repeatOf(message)}${said}`), MOST);
}

/** The beginning of the head that holds of each alert too, for who tells of them one by one; else empty. */
export function leadOf(message: Message): string {
  const { collects } = message;
  return `${repeatOf(message)}${collects !== null && OF_EACH.has(collects) ? TOGETHER[collects] : ''}`;
}

function repeatOf({ mayRepeat }: Message): string {
  return mayRepeat ? 'May be a repeat: ' : '';
}

const OF_EACH: ReadonlySet<Message['collects']> = new Set(['late', 'restored', 'quiet', 'muted']);

const TOGETHER: Readonly<Record<NonNullable<Message['collects']>, string>> = {
  late: 'Late: ',
  restored: 'After a restore: ',
  quiet: 'Quiet hours are over: ',
  budget: 'Too many for single messages: ',
  muted: 'A mute is over: ',
  many: '',
  release: '',
  surging: 'All of Sentry surges: ',
  silent: 'All of Sentry is silent: ',
};

function whyTogether({ collects, lines }: Message): string {
  if (collects === 'release') return `${lines[0]}: `;
  return collects === null ? '' : TOGETHER[collects];
}

function whatOf(alerts: readonly Alert[]): string {
  const [first] = alerts;
  const filters = new Set(alerts.map(({ filter }) => filter));
  const of = filters.size === 1 ? first!.filter : `${filters.size} filters`;
  if (alerts.length > 1) return `${alerts.length} alerts of ${of}: ${countsOf(alerts)}`;
  const state = { firing: 'firing, ', resolved: 'resolved, ', told: '' }[first!.state];
  const title = first!.subject.kind === 'issue' ? first!.subject.title : first!.rule;
  return `${first!.severity === 'critical' ? 'critical, ' : ''}${of}: ${state}${title}`;
}

/** What is worst comes first. */
function countsOf(alerts: readonly Alert[]): string {
  const count = (state: Alert['state']): number => alerts.filter((alert) => alert.state === state).length;
  const critical = alerts.filter(({ severity }) => severity === 'critical').length;
  const counts: readonly (readonly [number, string])[] = [
    [critical, 'critical'],
    [count('firing'), 'firing'],
    [count('told'), 'news'],
    [count('resolved'), 'resolved'],
  ];
  return counts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}
