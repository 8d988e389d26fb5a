import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import type { KeptTelling, Outbox } from '../../ports/alerting/outbox.ts';
import type { Explained } from './answer.ts';
import { explain, type Question } from './explain.ts';
import { withFates } from './with-fates.ts';

interface Sources {
  readonly alerts: AlertStore;
  readonly outbox: Pick<Outbox, 'tellings' | 'messagesOf'>;
}

/** What each rule decided by a window, and what became of it. The outbox is asked twice at most. */
export async function explainTold(question: Question, { alerts, outbox }: Sources): Promise<readonly Explained[]> {
  const { filter, at, subjects } = question;
  const lines = await explain(question, { alerts });
  const held = await outbox.tellings({ from: at, to: at + 1, filter: filter.name });
  const tellings = held.filter(({ alert }) => subjects?.includes(alert.subject.id) ?? true);
  const ids = new Set(tellings.filter(isUntold).flatMap(({ messageId }) => messageId ?? []));
  const messages = ids.size === 0 ? [] : await outbox.messagesOf([...ids]);
  return withFates(lines, tellings, messages);
}

/** Of what was told nobody asks more. */
function isUntold({ fate }: KeptTelling): boolean {
  return fate !== 'sent';
}
