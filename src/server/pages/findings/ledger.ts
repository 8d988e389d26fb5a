import type { OnError } from '../../../core/ports/ledger.ts';
import type { Answer } from './finding.ts';
import type { Scene } from './scene.ts';

/** What follows for what is sent. */
const MEANWHILE: Readonly<Record<OnError, string>> = {
  safe: 'Sinks that a repeat would harm wait for it, the others are served (LEDGER_ON_ERROR=safe).',
  send: 'Every sink is served, and may get from two servers what it should have once (LEDGER_ON_ERROR=send).',
  stop: 'Nothing is sent until it works (LEDGER_ON_ERROR=stop).',
};

const SEE = { ledger: 'page-ledger-unread', writes: 'page-ledger-unwritten' } as const;

/** Does the shared ledger work? Null: there is none. */
export function ledger({ data: { origin, onError }, places }: Scene): Answer | null {
  if (onError === null) return null;
  const full = origin.troubles.find(({ of }) => of === 'events');
  const told = (of: 'ledger' | 'writes') =>
    origin.troubles.flatMap((it) => (it.of === of ? [{ of, text: it.text }] : []));
  const [trouble] = [...told('ledger'), ...told('writes')];
  if (trouble === undefined && full !== undefined)
    return {
      health: 'warn',
      head: 'Intakes pause',
      sentences: [{ text: full.text, shown: places.ledger, see: ['page-intakes-pause'] }],
    };
  if (trouble === undefined)
    return {
      health: 'good',
      head: 'Ledger in order',
      sentences: [{ text: 'It was read just now, and no write failed.' }],
    };
  const text = `${trouble.text} ${MEANWHILE[onError]}`;
  const head = trouble.of === 'writes' ? 'Ledger takes no writes' : 'Ledger in trouble';
  return { health: 'bad', head, sentences: [{ text, shown: places.ledger, see: [SEE[trouble.of]] }] };
}
