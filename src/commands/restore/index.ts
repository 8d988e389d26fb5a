import { copiesAt, type CopyThere, endHold, restoreCopy, usualPlace } from '../../app/backup/restore.ts';
import type { World } from '../../app/world.ts';
import type { HeldCount } from '../../core/ports/backup/restores.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';

const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  from: { type: 'string' },
  into: { type: 'string' },
  unproven: flag,
  'send-pending': flag,
  'drop-pending': flag,
  json: flag,
} as const;

/** A ledger of a copy, and what becomes of what it was about to tell. */
export const restore: Command = {
  summary: 'makes a ledger of a copy; lists copies; sends what is held',
  help: `sentry-monitor restore [<copy>] [--from <place>] [--into <ledger|folder>]
                       [--unproven] [--json]
sentry-monitor restore --send-pending
sentry-monitor restore --drop-pending

Makes a ledger of a copy that backup made, compares it with what was noted when
the copy was made, and brings its tables to this version; of a copy of config it
writes the files. Nothing is ever overwritten: where it goes to, nothing may be.
Stop all servers first. What the copy was about to tell people is held: nobody
knows whether it was told. Without a copy it lists those that there are, the
newest first.

  --from          a folder, or s3://bucket/prefix; else as backup in the files
  --into          sqlite:<file> or postgres://…, else LEDGER_URL; of config a
                  folder
  --unproven      also a copy without its .proof.json
  --send-pending  sends what is held, with the next run
  --drop-pending  never sends what is held
  --json          the answer as JSON

Exit codes: 0 done, or listed; 1 it cannot be, which it says; 2 bad call.
`,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    return orFaults(world.err, async () => {
      world.out.write(await answer(positionals, values, world));
      return 0;
    });
  },
};

type Values = ReturnType<typeof readOptions<typeof OPTIONS>>['values'];

async function answer([name, ...more]: readonly string[], values: Values, world: World): Promise<string> {
  const { json, 'send-pending': sends, 'drop-pending': drops, from, into, unproven } = values;
  const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  if (more.length > 0 || (sends && drops) || ((sends || drops) && name !== undefined))
    throw new BadCall('one thing at a time: a copy, --send-pending or --drop-pending');
  if (sends || drops) {
    const held = await endHold(sends ? 'release' : 'drop', world);
    return json ? asJson(held) : `${countText(held)} ${sends ? 'will be sent with the next run' : 'dropped'}\n`;
  }
  const place = from ?? usualPlace(world);
  if (name === undefined) {
    const copies = await copiesAt(place, world);
    return json ? asJson(copies) : listText(copies);
  }
  const done = await restoreCopy({ name, from: place, into, mayBeUnproven: unproven }, world);
  if (json) return asJson(done);
  if ('files' in done) return done.files.map((path) => `restored: ${path}\n`).join('');
  return `restored: ${done.said}\n${countText(done.held)} held${HOW}\n`;
}

const HOW = ': sentry-monitor restore --send-pending sends them, --drop-pending drops them';

function countText({ messages, tellings }: HeldCount): string {
  return `${messages} messages and ${tellings} pieces of news`;
}

function listText(copies: readonly CopyThere[]): string {
  if (copies.length === 0) return 'there are no copies\n';
  return copies.map(({ name, proof }) => `${name}  ${proof === null ? 'NOT PROVEN' : proof.said}\n`).join('');
}
