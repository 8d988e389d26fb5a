import { withLedger } from '../../app/by-hand/with-ledger.ts';
import type { World } from '../../app/world.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Erased } from '../../core/ports/erasing/eraser.ts';
import { keepDone } from '../../core/telling/acts/done.ts';
import type { Asker } from '../init/asker.ts';
import { erasedText, foundText } from './text.ts';

export interface EraseCall {
  readonly names: readonly string[];
  readonly isDry: boolean;
  readonly isRewritten: boolean;
  readonly json: boolean;
  /** Who is asked first; absent: nobody. */
  readonly asker?: Pick<Asker, 'ask'> | undefined;
}

/** Gives back the exit code. Throws a StartError where there is no ledger. */
export function eraseUser({ names, isDry, isRewritten, json, asker }: EraseCall, world: World): Promise<number> {
  const say = (text: string): void => void world.out.write(text);
  return withLedger('erase', world, async ({ program, outbox }) => {
    const eraser = program.ledger.eraser!;
    if (isDry || asker !== undefined) {
      const found = await eraser.erase({ names, isDry: true });
      say(json ? asJson(found, true) : foundText(found));
      if (isDry || found.rows.length === 0) return 0;
      if (!/^(y|yes)$/i.test(await asker!.ask('Erase it? It cannot be had back', 'no'))) {
        say('nothing was erased\n');
        return 2;
      }
    }
    const erased = await eraser.erase({ names, isDry: false, isRewritten });
    await note(erased, outbox, world);
    say(json ? asJson(erased, false) : erasedText(erased));
    return erased.trace === null ? 0 : 1;
  });
}

/** NOTE: without the name. */
async function note({ rows }: Erased, outbox: Outbox, { uuid }: World): Promise<void> {
  if (rows.length === 0) return;
  const text = rows.map(({ table, rows: count }) => `${count} ${table}`).join(', ');
  const at = await outbox.now();
  await keepDone({ kind: 'erase', by: 'cli', target: '', text }, { outbox, now: () => at, uuid });
}

function asJson({ rows, left, trace }: Erased, dryRun: boolean): string {
  return `${JSON.stringify({ dryRun, rows, left, trace }, null, 2)}\n`;
}
