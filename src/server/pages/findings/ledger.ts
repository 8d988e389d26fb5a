import type { OnError } from '../../../core/ports/ledger.ts';
import type { PageData } from '../data/model.ts';
import type { Finding } from './finding.ts';

/** What follows for what is sent. */
const MEANWHILE: Readonly<Record<OnError, string>> = {
  safe: 'Sinks that a repeat would harm wait for it, the others are served (LEDGER_ON_ERROR=safe).',
  send: 'Every sink is served, and may get from two servers what it should have once (LEDGER_ON_ERROR=send).',
  stop: 'Nothing is sent until it works (LEDGER_ON_ERROR=stop).',
};

const SEE = { ledger: 'page-ledger-unread', writes: 'page-ledger-unwritten', series: 'page-ledger-unread' } as const;

/** A verdict of its own, with a shared ledger only. */
export function ledgerFinding({ origin, onError }: PageData): readonly Finding[] {
  if (onError === null) return [];
  const trouble =
    origin.troubles.find(({ of }) => of === 'ledger') ?? origin.troubles.find(({ of }) => of === 'writes');
  if (trouble === undefined)
    return [
      {
        question: 'ledger',
        health: 'good',
        head: 'Ledger in order',
        sentences: [{ text: 'It can be read, and takes writes.' }],
      },
    ];
  const text = `${trouble.text} ${MEANWHILE[onError]}`;
  return [
    { question: 'ledger', health: 'bad', head: 'Ledger in trouble', sentences: [{ text, see: [SEE[trouble.of]] }] },
  ];
}
