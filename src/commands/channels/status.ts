import { channelsInUse } from '../../app/alerting/channels-in-use.ts';
import { withLedger, type WithLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import { instantText } from '../../core/alerts/words/times.ts';
import { reachesNobody } from '../../core/alerts/outbox/unheard.ts';
import { isoOf } from '../../core/model/window.ts';
import type { Fate } from '../../core/model/alerting/alert.ts';
import type { ChannelSeen } from '../../core/ports/alerting/outbox.ts';
import { redactAll } from '../../platform/redact.ts';
import { asText } from '../summary/as-text.ts';
import { wrapped } from '../summary/wrap.ts';

/** A contract. */
interface Row {
  readonly channel: string;
  /** ISO; null: never. */
  readonly lastSuccess: string | null;
  /** Alerts that wait. */
  readonly pending: number;
  /** Alerts of which nobody certainly heard. */
  readonly failed: number;
  readonly unheard: boolean;
}

const UNHEARD = 3;

/** How it is with each channel. Gives back the exit code. */
export async function showStatus(json: boolean, world: World): Promise<number> {
  return withLedger('channels status', world, async (opened) => {
    const { redact } = opened.program;
    const seen = await seenOf(opened);
    const now = await opened.outbox.now();
    const rows = seen.map((it) => rowOf(it, now));
    world.out.write(
      json
        ? `${JSON.stringify(redactAll(rows, redact), null, 2)}\n`
        : redact(`${[tableOf(rows), ...seen.flatMap(troubleOf)].join('\n')}\n`),
    );
    return rows.some(({ unheard }) => unheard) ? UNHEARD : 0;
  });
}

/** Those in use, also when nothing was ever sent to them, and those that still have something. */
async function seenOf({ program, outbox }: WithLedger): Promise<readonly ChannelSeen[]> {
  const known = await outbox.channels();
  const others = [...channelsInUse(program.channels, program.live.now()).keys()].filter(
    (channel) => !known.some((it) => it.channel === channel),
  );
  return [...known, ...others.map((channel) => ({ channel, lastSuccess: null, counts: {}, lastError: null }))].toSorted(
    (a, b) => (a.channel < b.channel ? -1 : 1),
  );
}

function rowOf(seen: ChannelSeen, now: number): Row {
  const { channel, lastSuccess, counts } = seen;
  const count = (...fates: readonly Fate[]): number => fates.reduce((sum, fate) => sum + (counts[fate] ?? 0), 0);
  return {
    channel,
    lastSuccess: lastSuccess === null ? null : isoOf(lastSuccess),
    pending: count('pending', 'grouped'),
    failed: count('refused', 'given up', 'uncertain'),
    unheard: reachesNobody(seen, now),
  };
}

function tableOf(rows: readonly Row[]): string {
  const columns = [
    { head: 'channel', least: 14 },
    { head: 'last success', least: 22 },
    { head: 'waiting', least: 9, isNumber: true },
    { head: 'failed', least: 9, isNumber: true },
    { head: '', least: 10, isNumber: true },
  ];
  const cells = rows.map(({ channel, lastSuccess, pending, failed, unheard }) => [
    channel,
    lastSuccess === null ? 'never' : instantText(lastSuccess),
    String(pending),
    String(failed),
    unheard ? 'unheard' : '',
  ]);
  return asText([{ columns, rows: cells }]);
}

function troubleOf({ lastError }: ChannelSeen): readonly string[] {
  return lastError === null ? [] : [wrapped(lastError, 3)];
}
