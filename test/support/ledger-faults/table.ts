import { ROWS } from './rows.ts';

const LEGEND = `## The ledger

Each row was measured with real processes and \`LEDGER_ON_ERROR=safe\` (\`test/e2e/ledger-faults.proof.test.ts\`): the server delivers a window, the trouble begins, the next window is posted,
the trouble ends, and both are posted once more.

- **Answer**: HTTP status, \`status\` of the body, \`Sentry-Monitor-Sent\`. **New Relic**, **Anodot** (a counter): what they got of that post.
- **readyz**: its \`status\`; \`sentry_monitor_ledger_up\` is 1 with \`ready\`, else 0. **Log**: lines about the ledger. **Page**: the verdict on the ledger.
- **Posted again**: the window of the trouble; after a semicolon the one before, where it is another: status, and what then stands at the vendors.`;

/** The chapter of docs/faults.md about the ledger, from what its test compares with what it measures. */
export function ledgerTable(): string {
  const lines = ROWS.map(({ engine, trouble, row, todo }) => {
    const { answer, newrelic, anodot, readyz, log, page, again } = row;
    return `| ${[`${engine}, ${trouble}`, answer, newrelic, anodot, readyz, log, page, again, todo].join(' | ')} |`;
  });
  const head = ['Trouble', 'Answer', 'New Relic', 'Anodot', 'readyz', 'Log', 'Page', 'Posted again', 'Do'];
  return [LEGEND, '', `| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines, '', STARTS].join('\n');
}

const STARTS =
  'A SQLite file that this user may not write ends the start: [The ledger](two-servers.md#the-ledger). ' +
  'The full disk of PostgreSQL is made by writes that are refused with its error: one that is really full refuses only ' +
  'what needs a new page, so that each post would meet another trouble.';
