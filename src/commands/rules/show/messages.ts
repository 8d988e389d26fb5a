import type { TriedMessage } from '../../../core/alerts/trial/try-rules.ts';
import { instantText } from '../../../core/alerts/words/times.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import { type Block, onOneLine } from '../../summary/blocks.ts';
import { wrapped } from '../../summary/wrap.ts';

/** Every message, and every alert in it, for a terminal of 80 columns. '': there is none. */
export function messageLines(messages: readonly TriedMessage[]): string {
  return messages
    .flatMap(({ at, channel, alerts }) => [`${instantText(at)}  ${channel}`, ...alerts.map(alertLines)])
    .join('\n');
}

function alertLines(alert: Alert): string {
  const { filter, rule, subject, why } = alert;
  const about = subject.kind === 'issue' ? `: ${subject.title}` : '';
  const first = wrapped(`${filter}: ${rule}${about}`, 13);
  return `   ${stateOf(alert).padEnd(10)}${first.trimStart()}\n${wrapped(why, 13)}`;
}

/** For a pull request. */
export function messageTable(messages: readonly TriedMessage[]): readonly Block[] {
  if (messages.length === 0) return [];
  const columns = ['when', 'channel', 'state', 'rule', 'why'].map((head) => ({ head, least: 0 }));
  const rows = messages.flatMap(({ at, channel, alerts }) =>
    alerts.map((alert) => {
      const about = alert.subject.kind === 'issue' ? `${alert.subject.title}: ` : '';
      const row = [instantText(at), channel, stateOf(alert), `${alert.filter}: ${alert.rule}`, `${about}${alert.why}`];
      return row.map(onOneLine);
    }),
  );
  return [{ columns, rows }];
}

function stateOf({ state, late }: Alert): string {
  return late && state === 'resolved' ? 'was' : state;
}
