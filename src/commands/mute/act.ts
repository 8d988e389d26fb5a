import { issueTitles } from '../../app/alerting/pages/issue-titles.ts';
import { muteDeps } from '../../app/alerting/mute-deps.ts';
import { withLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import type { MuteDeps } from '../../core/telling/mutes/mute-by.ts';
import { BadWords } from '../../core/telling/asked/words.ts';
import { BadCall } from '../command.ts';
import { orFaults } from '../or-faults.ts';

/** By id, the titles of the issues that mutes speak of: see `issueTitles`. */
export type Titles = (mutes: readonly Mute[]) => Promise<ReadonlyMap<string, string | null>>;

/** Does what the call says to the ledger's mutes, and shows the answer. Gives back the exit code. */
export async function actOnMutes(
  name: string,
  world: World,
  act: (deps: MuteDeps, titles: Titles) => Promise<string>,
): Promise<number> {
  const { server, uuid, out, err } = world;
  return orFaults(err, async () => {
    const said = await withLedger(name, world, async ({ program, alerts, outbox }) => {
      const { filters } = program.live.now();
      const titles: Titles = (mutes) =>
        issueTitles(mutes.flatMap(issueOf), { alerts, filters, events: program.ledger.events });
      const deps = muteDeps({ outbox, inForce: program.live.now(), by: 'cli', now: await outbox.now(), server, uuid });
      return program.redact(await act(deps, titles));
    });
    out.write(said);
    return 0;
  }).catch((error: unknown) => {
    throw error instanceof BadWords ? new BadCall(error.message) : error;
  });
}

function issueOf({ what }: Mute): readonly string[] {
  return what.kind === 'issue' || what.kind === 'page' ? [what.name] : [];
}
