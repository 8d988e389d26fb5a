import { muteDeps } from '../../app/alerting/mute-deps.ts';
import { withLedger } from '../../app/by-hand/with-ledger.ts';
import { StartError } from '../../app/start-error.ts';
import type { World } from '../../app/world.ts';
import type { MuteDeps } from '../../core/telling/mutes/mute-by.ts';
import { BadWords } from '../../core/telling/asked/words.ts';
import { BadCall } from '../command.ts';

/** Does what the call says to the ledger's mutes, and shows the answer. Gives back the exit code. */
export async function actOnMutes(
  name: string,
  world: World,
  act: (deps: MuteDeps) => Promise<string>,
): Promise<number> {
  const { server, uuid, out, err } = world;
  try {
    const said = await withLedger(name, world, async ({ program, outbox }) => {
      const deps = muteDeps({ outbox, inForce: program.live.now(), by: 'cli', now: await outbox.now(), server, uuid });
      return program.redact(await act(deps));
    });
    out.write(said);
    return 0;
  } catch (error) {
    if (error instanceof BadWords) throw new BadCall(error.message);
    if (!(error instanceof StartError)) throw error;
    err.write(error.faults.map((fault) => `fault    ${fault}\n`).join(''));
    return 1;
  }
}
