import type { OnError } from '../../../core/ports/ledger.ts';
import type { PageData } from '../data/model.ts';
import type { Anchor } from '../../reasons/see.ts';
import type { Health } from './health.ts';

/** What follows for what is sent. */
const MEANWHILE: Readonly<Record<OnError, string>> = {
  safe: 'Sinks that a repeat would harm wait for it, the others are served (LEDGER_ON_ERROR=safe).',
  send: 'Every sink is served, and may get from two servers what it should have once (LEDGER_ON_ERROR=send).',
  stop: 'Nothing is sent until it works (LEDGER_ON_ERROR=stop).',
};

const SEE = { ledger: 'page-ledger-unread', writes: 'page-ledger-unwritten', series: 'page-ledger-unread' } as const;

interface LedgerFinding {
  readonly question: 'ledger';
  readonly health: Health;
  readonly head: string;
  readonly text: string;
  readonly see?: readonly Anchor[];
}

/** A verdict of its own, with a shared ledger only. */
export function ledgerFinding({ origin, onError }: PageData): readonly LedgerFinding[] {
  if (onError === null) return [];
  const trouble =
    origin.troubles.find(({ of }) => of === 'ledger') ?? origin.troubles.find(({ of }) => of === 'writes');
  if (trouble === undefined)
    return [{ question: 'ledger', health: 'good', head: 'Ledger in order', text: 'It can be read, and takes writes.' }];
  const text = `${trouble.text} ${MEANWHILE[onError]}`;
  return [{ question: 'ledger', health: 'bad', head: 'Ledger in trouble', text, see: [SEE[trouble.of]] }];
}
