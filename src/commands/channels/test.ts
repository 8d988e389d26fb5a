import type { Program } from '../../app/assemble.ts';
import { channelsInUse } from '../../app/alerting/channels-in-use.ts';
import { sendProof } from '../../app/alerting/send-proof.ts';
import type { World } from '../../app/world.ts';
import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import { meantBy } from '../../core/model/alerting/recipients.ts';
import type { SendOutcome } from '../../core/ports/alerting/channel.ts';
import { redactAll } from '../../platform/redact.ts';
import { BadCall } from '../command.ts';
import { assembleToLook } from '../../app/by-hand/assemble-to-look.ts';
import { wrapped } from '../summary/wrap.ts';

interface Row {
  readonly channel: string;
  readonly status: 'ok' | Exclude<SendOutcome['status'], 'accepted'>;
  /** Null: there is nothing to mend. */
  readonly why: string | null;
}

/** A message through each channel, or one. Gives back the exit code. */
export async function testChannels(name: string | undefined, json: boolean, world: World): Promise<number> {
  const program = assembleToLook(world);
  const rows: Row[] = [];
  for (const channel of namesOf(name, program)) {
    const row = await testOne(channel, program, world);
    rows.push(row);
    if (!json) world.out.write(program.redact(`${lineOf(row)}\n`));
  }
  if (json) world.out.write(`${JSON.stringify(redactAll(rows, program.redact), null, 2)}\n`);
  return rows.every(({ status }) => status === 'ok') ? 0 : 1;
}

/** All that files set up; the log only where it is named, or where there is nothing else. */
function namesOf(name: string | undefined, { channels, live }: Program): readonly string[] {
  const all = [...channelsInUse(channels, live.now()).keys()];
  if (name === undefined) {
    const written = all.filter((it) => it !== LOG_CHANNEL);
    return written.length === 0 ? all : written;
  }
  const meant = meantBy(name, all);
  if (meant.length > 0) return meant;
  throw new BadCall(`no channel is named ${JSON.stringify(name)}; there are ${all.join(', ')}`);
}

async function testOne(channel: string, program: Program, world: World): Promise<Row> {
  const inUse = channelsInUse(program.channels, program.live.now()).get(channel)!;
  const outcome = await sendProof(inUse.channel, program.openScope, world);
  if (outcome.status === 'accepted') return { channel, status: 'ok', why: null };
  const { file, line } = program.live.now().channels.find((it) => it.name === channel) ?? {};
  const where = file === undefined ? '' : ` (${file}:${line})`;
  return { channel, status: outcome.status, why: `${outcome.why}${REMEDIES[outcome.status]}${where}` };
}

/** What a refusal asks for it says itself. */
const REMEDIES: Readonly<Record<Exclude<Row['status'], 'ok'>, string>> = {
  refused: '',
  retry: '; it was not taken, and may be later: try again',
  uncertain: '; whether it arrived is not known: look there',
};

function lineOf({ channel, status, why }: Row): string {
  const head = `${status.padEnd(11)}${channel}`;
  return why === null ? head : `${head}\n${wrapped(why, 11)}`;
}
