import assert from 'node:assert/strict';
import { alertsTable } from '../../../src/commands/demo/alerts.ts';

describe('alerts as the demo shows them', () => {
  it('are the worst first, whichever was decided first', () => {
    const alert = (severity: string, rule: string) => ({
      ...{ severity, rule, filter: 'shop', subject: { kind: 'filter', title: 'shop' }, why: 'it is so' },
      channels: { team: { status: 'sent' } },
    });
    const table = alertsTable([alert('info', 'one'), alert('warning', 'two'), alert('critical', 'three')]);
    assert.deepEqual(
      table.split('\n').filter((line) => line.includes(' of shop')),
      ['   critical  three of shop', '   warning   two of shop', '   info      one of shop'],
    );
  });
});
