import type { SheetPeople } from '../../../config/people/of-sheet.ts';
import type { InForce } from '../../../config/reload/in-force.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { Feeds } from '../../../core/reminders/facts/gather.ts';
import { ownMessage, ownPrefix } from '../../../core/telling/own/own-message.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { NOBODY, type PeopleBook, type ToPerson } from './people-book.ts';

export interface PeopleDeps {
  readonly sheetPeople: PeopleBook;
  inForce(): Pick<InForce, 'people' | 'peopleSheets'>;
  readonly feeds: Feeds;
  readonly toPerson: ToPerson;
  readonly outbox: Pick<Outbox, 'now' | 'post'>;
  /** Channels of the admin. */
  admin(): readonly string[];
  readonly server: string;
}

/** Finds out who stands in sheets of persons, before messages go. What cannot be asked for now stays as it was. */
export function seeToPeople(deps: PeopleDeps): Chore {
  const made = new Map<string, ReturnType<ToPerson>>();
  const told = new Set<string>();
  return {
    name: 'people',
    async work() {
      const { sheetPeople, inForce, toPerson } = deps;
      const { people: written, peopleSheets } = inForce();
      if (peopleSheets.length === 0) {
        sheetPeople.keep(NOBODY);
        return;
      }
      const { peopleOfSheets, personOfSheet } = await import('../../../config/people/of-sheet.ts');
      const { read, unread } = await readAll(peopleSheets, deps.feeds);
      const found = peopleOfSheets(read, written);
      const before = new Map(made);
      made.clear();
      const all = found.people.map((person) => {
        const { name, texts, file, line } = person.part;
        const print = JSON.stringify([name, texts, file, line]);
        // A row that stays as it was keeps its channels.
        const ways = before.get(print) ?? toPerson(person.part);
        made.set(print, ways);
        return { person, ways, place: `${file}:${line}` };
      });
      const channels = all.flatMap(({ ways, place }) => ways.channels.map((it) => ({ ...it, place })));
      const there = new Set(channels.map(({ channel }) => channel.name));
      sheetPeople.keep({ people: all.map(({ person }) => personOfSheet(person, there)), channels, unread });
      const lost = all.flatMap(({ person: { sheet, row }, ways }) =>
        ways.faults.map(({ key, text }) => ({
          sheet,
          text: `row ${row}: ${key === undefined ? '' : `${key}: `}${text}`,
        })),
      );
      await tellOnce([...found.faults, ...lost], told, deps);
    },
  };
}

/** Each once as long as its message is kept. */
async function tellOnce(faults: SheetPeople['faults'], told: Set<string>, deps: PeopleDeps): Promise<void> {
  const now = faults.length === 0 ? 0 : await deps.outbox.now();
  for (const { sheet, text } of faults)
    for (const channel of deps.admin()) {
      const kind = `people/${sheet}/${channel}`;
      const id = `${ownPrefix(kind)}${text}`;
      if (told.has(id)) continue;
      const line = `The sheet of persons ${sheet} cannot be used wholly: ${text}`;
      await deps.outbox.post(channel, { ...ownMessage(kind, line, { now, server: deps.server }), id }, now);
      told.add(id);
    }
}

type Sheets = InForce['peopleSheets'];

async function readAll(all: Sheets, { sheets }: Feeds) {
  const { neverRead } = await import('../../../core/reminders/facts/gather.ts');
  const known = await Promise.all(all.map(async (of) => ({ ...of, known: await sheets?.read(of.sheet) })));
  return {
    read: known.flatMap(({ known: it, ...of }) => (it?.good == null ? [] : { ...of, found: it.good.found })),
    unread: known.flatMap(({ known: it, sheet }) =>
      it?.good == null ? neverRead(sheet, it?.last?.fault ?? null) : [],
    ),
  };
}
