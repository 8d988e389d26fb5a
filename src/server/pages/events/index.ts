import type { Clock } from '../../../core/ports/clock.ts';
import { htmlAnswer, type PageAnswer } from '../answer.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import { shareWork } from '../data/under-way.ts';
import { unread, whyNot } from '../data/why-not.ts';
import { count } from '../format.ts';
import type { PageEvents } from '../issues/read.ts';
import { addressOf, EVENTS } from '../view/address.ts';
import type { ViewRead } from '../view/read-view.ts';
import type { View } from '../view/view.ts';
import { CSV_HEAD, csvLine, csvNote } from './csv.ts';
import { eventsPage } from './page.ts';
import { askedOf, type EventList, MOST, hiddenIssues, readEvents } from './read.ts';
import { walk } from './walk.ts';

export interface EventsOptions extends Clock {
  readonly alerting?: PageAlerting | undefined;
  readonly server: string;
  redact(text: string): string;
}

export interface Events {
  list(asked: ViewRead, events: PageEvents): Promise<PageAnswer>;
  /** The same events as lines of CSV, as they are read. */
  csv(view: View, events: PageEvents): AsyncIterable<string>;
}

/** Pages of single events. */
export function createEvents(options: EventsOptions): Events {
  const { alerting, server, now, redact } = options;
  const share = shareWork<EventList>(options);
  return {
    list: async ({ view, faults }, events) => {
      const work = share(addressOf(EVENTS, view), () => readEvents(view, { events, alerting, now: now() }));
      const why = await whyNot(work, options);
      const data = why === null ? await work : { unread: unread(why) };
      const page = eventsPage({
        ...{ view, faults, now: now(), server, data, projects: events.projects },
        hasMessages: alerting?.isWanted() ?? false,
        hasActions: alerting?.acts !== undefined,
      });
      return htmlAnswer(200, redact(page));
    },
    async *csv(view, events) {
      for await (const text of csvOf(view, { events, alerting, now: now() })) yield redact(text);
    },
  };
}

async function* csvOf(view: View, deps: Parameters<typeof readEvents>[1]): AsyncGenerator<string> {
  const asked = { ...askedOf(view, await hiddenIssues(deps.alerting), deps), most: MOST.csvLooked };
  yield CSV_HEAD;
  let left = MOST.csv;
  let end: { readonly isEnd: boolean } = { isEnd: true };
  for await (const step of walk(deps.events.store, asked)) {
    yield step.events.slice(0, left).map(csvLine).join('');
    left -= step.events.length;
    end = step;
    if (left < 0) {
      yield csvNote(`Cut: only the newest ${count(MOST.csv)} events of this choice are here.`);
      return;
    }
  }
  if (!end.isEnd) yield csvNote(`Cut: only ${count(MOST.csvLooked)} events were looked through for this choice.`);
}
