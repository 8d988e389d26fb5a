import assert from 'node:assert/strict';
import type { Program } from '../../../src/app/assemble.ts';
import { BadCall } from '../../../src/commands/command.ts';
import { readArgs } from '../../../src/commands/run/args.ts';
import { orderFor } from '../../../src/commands/run/order.ts';
import { fakeSink } from '../../support/build/fakes.ts';
import { filterOf } from '../../support/build/reports.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);
const [A, B] = [filterOf({ name: 'a' }), filterOf({ name: 'b' })];

interface Given {
  readonly dryRun?: boolean;
  /** Without a ledger. */
  readonly alone?: boolean;
}

function partsOf({ dryRun = false, alone = false }: Given): Program {
  const backlog = { reachMs: 0, memoryMs: 30 * 86_400_000, missing: async () => [] };
  return {
    settings: { dryRun, settleMs: 120_000 },
    filters: { filters: [A, B], faults: [] },
    sinks: [fakeSink({ name: 'safe', repeatSafe: true }), fakeSink({ name: 'counter' })],
    ledger: alone ? {} : { backlog },
  } as unknown as Program;
}

function read(text: string, given: Given = {}): ReturnType<typeof orderFor> {
  return orderFor(readArgs(text.split(' ')), partsOf(given), NOW);
}

const SPAN = '--from 2026-11-20T09:00:00Z --to 2026-11-20T10:05:00Z';

describe('the arguments of a run by hand', () => {
  it('are a span, filters and sinks', () => {
    const span = { start: Date.UTC(2026, 10, 20, 9), end: Date.UTC(2026, 10, 20, 10, 5) };
    assert.deepEqual(read(SPAN), { filters: [A, B], sinks: undefined, span });
    assert.deepEqual(read(`${SPAN} --filter b --sink safe --sink counter --force`), {
      filters: [B],
      sinks: ['safe', 'counter'],
      span,
    });
  });

  it('may span more than a day', () => {
    assert.deepEqual(read('--from 2026-11-10T10:00:00Z --to 2026-11-20T10:05:00Z').span, {
      start: Date.UTC(2026, 10, 10, 10),
      end: Date.UTC(2026, 10, 20, 10, 5),
    });
  });

  for (const [text, fault, given] of [
    ['--to 2026-11-20T10:05:00Z', '--from is missing; write ISO with zone, such as 2026-11-20T10:00:00Z'],
    ['--from 2026-11-20T10:05:00Z', '--to is missing; write ISO with zone, such as 2026-11-20T10:00:00Z'],
    [
      '--from noon --to 2026-11-20T10:05:00Z',
      '--from noon is no instant; write ISO with zone, such as 2026-11-20T10:00:00Z',
    ],
    [
      '--from 2026-11-20T09:01:00Z --to 2026-11-20T10:05:00Z',
      '--from 2026-11-20T09:01:00Z is not on the grid of five minutes; the last grid point before it is 2026-11-20T09:00:00.000Z',
    ],
    [
      '--from 2026-11-20T10:05:00Z --to 2026-11-20T09:00:00Z',
      '--from 2026-11-20T10:05:00Z is not before --to 2026-11-20T09:00:00Z',
    ],
    [
      '--from 2026-11-20T10:00:00Z --to 2026-11-20T10:10:00Z',
      '--to 2026-11-20T10:10:00Z is not settled; the last settled window ends at 2026-11-20T10:05:00.000Z',
    ],
    [
      '--from 2026-10-21T10:05:00Z --to 2026-11-20T10:05:00Z',
      '--from 2026-10-21T10:05:00Z: what was sent before 2026-10-21T10:10:00.000Z the ledger may have forgotten (RETENTION_DAYS); --force sends it, known or not',
    ],
    [`${SPAN} --filter x`, '--filter x is unknown; there are a, b'],
    [`${SPAN} --sink x`, '--sink x is unknown; there are safe, counter'],
    [`${SPAN} --all`, 'unknown option --all'],
    [`${SPAN} more`, "Unexpected argument 'more'. This command does not take positional arguments"],
    [SPAN, 'DRY_RUN is set: nothing would be sent; set DRY_RUN=false', { dryRun: true }],
    [
      SPAN,
      'without a ledger (LEDGER_URL) nobody knows what was sent before, and counter would count it twice; leave it out with --sink, or say --force',
      { alone: true },
    ],
  ] as const) {
    it(`refuses: ${fault}`, () => {
      assert.throws(
        () => read(text, given),
        (error: Error) => error instanceof BadCall && error.message.startsWith(fault),
      );
    });
  }

  it('without a ledger are fine for sinks where a repeat does no harm, and with --force', () => {
    assert.deepEqual(read(`${SPAN} --sink safe`, { alone: true }).sinks, ['safe']);
    assert.deepEqual(read(`${SPAN} --force`, { alone: true }).sinks, undefined);
    assert.deepEqual(
      read('--from 2026-09-20T09:00:00Z --to 2026-09-20T10:05:00Z --force').span.start,
      Date.UTC(2026, 8, 20, 9),
    );
  });
});
