import type { Filter } from '../../../core/model/filter.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { htmlAnswer, type PageAnswer } from '../answer.ts';
import type { PageAlerting } from '../data/alerts/of-page.ts';
import type { Collect } from '../data/collect.ts';
import { shareWork } from '../data/under-way.ts';
import { unread, whyNot } from '../data/why-not.ts';
import { addressOf, ISSUES } from '../view/address.ts';
import type { View } from '../view/view.ts';
import type { ViewRead } from '../view/read-view.ts';
import { issuePage } from './one/page.ts';
import { type IssueSeen, readIssue } from './one/read.ts';
import type { PageTickets } from '../tickets/choose.ts';
import { countIssues } from './counted.ts';
import { type Around, issueListPage } from './page.ts';
import { type IssueList, type PageEvents, readIssues } from './read.ts';

export interface IssuesOptions extends Clock {
  /** Absent: no intake is set up. */
  readonly events?: PageEvents | undefined;
  readonly alerting?: PageAlerting | undefined;
  /** Absent: there are none. */
  readonly tickets?: PageTickets | undefined;
  inForce(): { readonly filters: readonly Filter[] };
  readonly server: string;
  redact(text: string): string;
}

export interface Issues {
  list(asked: ViewRead, events: PageEvents): Promise<PageAnswer>;
  /** Null: nobody knows of it. */
  one(issueId: string, asked: ViewRead): Promise<PageAnswer | null>;
}

/** Pages of issues. */
export function createIssues(options: IssuesOptions, collect: Collect): Issues {
  const { alerting, tickets, inForce, server, now, redact } = options;
  const shareList = shareWork<IssueList>(options);
  const counted = options.events === undefined ? undefined : countIssues(options.events.store);
  const shareOne = shareWork<IssueSeen | null>(options);
  const around = ({ view, faults }: ViewRead): Around => {
    return { view, faults, now: now(), server, hasMessages: alerting?.isWanted() ?? false };
  };
  const readList = async (view: View, events: PageEvents): Promise<IssueList> =>
    readIssues(view, events, { now: now(), counted: counted!, hidden: await alerting?.hidden(), tickets });
  return {
    list: async (asked, events) => {
      const work = shareList(addressOf(ISSUES, asked.view), () => readList(asked.view, events));
      const why = await whyNot(work, options);
      const data = why === null ? await work : { unread: unread(why) };
      return htmlAnswer(
        200,
        redact(issueListPage({ ...around(asked), projects: events.projects, hasTickets: tickets !== undefined, data })),
      );
    },
    one: async (issueId, asked) => {
      const deps = { ...options, events: options.events, alerting, collect, filters: inForce().filters, now: now() };
      const work = shareOne(JSON.stringify([issueId, asked.view.project]), () => readIssue(issueId, asked.view, deps));
      const why = await whyNot(work, options);
      const data = why === null ? await work : { unread: unread(why) };
      if (data === null) return null;
      return htmlAnswer(200, redact(issuePage({ ...around(asked), hasActions: alerting?.acts !== undefined, data })));
    },
  };
}
