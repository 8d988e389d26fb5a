import type { World } from '../../app/world.ts';
import { cleanText, shortText } from '../../core/alerts/words/clean-text.ts';
import type { EventStore, KeptRejects } from '../../core/ports/events/event-store.ts';
import { isoOf } from '../../core/model/window.ts';
import { many } from '../../platform/numbers.ts';

/** Code points of what stood there. */
const TEXT = 200;

export interface RejectsOrder {
  readonly names: readonly string[];
  /** Of each at most. */
  readonly most: number;
  readonly json: boolean;
}

/** Says of each intake what could not be read, the newest first. */
export async function showRejects(
  store: Pick<EventStore, 'rejects'>,
  { names, most, json }: RejectsOrder,
  { world, redact }: { readonly world: Pick<World, 'out'>; redact(text: string): string },
): Promise<number> {
  for (const name of names) {
    const { total, notes, newest } = await store.rejects(name, most);
    if (json) {
      const rejects = newest.map(({ at, ...rest }) => ({ at: isoOf(at), ...rest }));
      world.out.write(`${redact(JSON.stringify({ intake: name, total, notes, rejects }))}\n`);
      continue;
    }
    const lines = newest.map(lineOf);
    const remarks = notes === 0 ? '' : `, ${many(notes, 'remark')} on what was read`;
    const head = `${name}: ${total} rejected${remarks}${newest.length > 0 ? ', the newest first' : ''}`;
    world.out.write(redact([head, ...lines, ''].join('\n')));
  }
  return 0;
}

function lineOf({ at, reason, place, text, isNote }: KeptRejects['newest'][number]): string {
  const why = `${isNote ? 'read, but ' : ''}${cleanText(reason)}`;
  return `  ${isoOf(at)}  ${why} (${cleanText(place)}): ${shortText(cleanText(text), TEXT)}`;
}
