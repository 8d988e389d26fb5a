import fc from 'fast-check';
import type { Mute, Quiet, Severity } from '../../../src/core/model/alerting/rule.ts';
import type { ChannelPolicy, SendOutcome } from '../../../src/core/ports/alerting/channel.ts';
import type { KeptTelling } from '../../../src/core/ports/alerting/outbox.ts';
import { alertOf, HOUR, MINUTE, TEN, tellingOf } from './tellings.ts';

/** What happens to one channel: passes, five minutes apart, what each is given, and how the vendor is. */
export interface ChannelHistory {
  readonly passes: readonly { readonly tellings: readonly KeptTelling[]; readonly answers: readonly Answer[] }[];
  readonly mutes: readonly Mute[];
  readonly policy: ChannelPolicy;
  readonly ruleQuiet: Quiet | null;
}

/**
 * `asks`: later, and for a while nothing at all; `dies`: the server, after the post went out; `lost`: the same, and the
 * vendor never got it.
 */
export type Answer = SendOutcome['status'] | 'asks' | 'dies' | 'lost';

/** So long a vendor that asks wants nothing, ms. */
export const ASKED_MS = 12 * MINUTE;

const FILTERS = ['a', 'b', 'c', 'd', 'e'];
const SUBJECTS = ['1', '2', '3'];
const SEVERITY: Readonly<Record<string, Severity>> = { a: 'critical', b: 'info' };

/** So many windows of news. */
const WINDOWS = 12;

/** One rule of one subject: windows in which it fires, begins again, and is over. */
interface Story {
  readonly filter: string;
  readonly subject: string;
  readonly kind: 'state' | 'news';
  readonly changes: readonly number[];
}

const story: fc.Arbitrary<Story> = fc.record({
  filter: fc.constantFrom(...FILTERS),
  subject: fc.constantFrom(...SUBJECTS),
  kind: fc.constantFrom('state', 'state', 'news'),
  changes: fc.uniqueArray(fc.integer({ min: 0, max: WINDOWS - 1 }), { maxLength: 7 }),
});

/** By windows after ten, when told. */
function tellingsOf({ filter, subject, kind, changes }: Story): readonly (readonly [number, KeptTelling])[] {
  const rule = kind === 'news' ? 'any' : 'trending';
  const severity = SEVERITY[filter] ?? 'warning';
  let since = 0;
  return changes
    .toSorted((one, other) => one - other)
    .map((window, index) => {
      const at = TEN + window * 5 * MINUTE;
      const isEnd = kind === 'state' && index % 3 === 2;
      const isRepeat = kind === 'state' && index % 3 === 1;
      if (kind === 'news' || index % 3 === 0) since = at;
      const firing = isEnd ? 'resolved' : 'firing';
      const state = kind === 'news' ? 'told' : firing;
      const over = { filter, rule, state, severity, since: new Date(since).toISOString(), at } as const;
      const alert = alertOf({ ...over, subject: { id: subject } });
      return [window, tellingOf(alert, isRepeat ? { news: 'repeat' } : {})] as const;
    });
}

const hours: fc.Arbitrary<Quiet | null> = fc.option(
  fc
    .record({
      from: fc.integer({ min: 18, max: 24 }).map((half) => half * 30),
      to: fc.integer({ min: 18, max: 24 }).map((half) => half * 30),
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
    })
    .filter(({ from, to }) => from !== to),
  { freq: 2 },
);

const mute: fc.Arbitrary<Mute> = fc
  .record({
    what: fc.oneof(
      fc.record({ kind: fc.constant('filter' as const), name: fc.constantFrom(...FILTERS) }),
      fc.record({ kind: fc.constant('issue' as const), name: fc.constantFrom(...SUBJECTS) }),
      fc.record({ kind: fc.constant('rule' as const), name: fc.constantFrom('any', 'a/trending') }),
    ),
    from: fc.integer({ min: -10, max: 60 }),
    minutes: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ what, from, minutes }) => {
    const since = TEN + from * MINUTE;
    return {
      id: JSON.stringify([what, from]),
      what,
      since,
      until: { kind: 'instant', at: since + minutes * MINUTE },
      why: 'we know',
    };
  });

const HALF_HOURS = Array.from({ length: 48 }, (_, half) => half * 30);

/** Minutes after midnight UTC that each zone is ahead of it, in that November. */
const AHEAD: Readonly<Record<string, number>> = { UTC: 0, 'Europe/Berlin': 60, 'Asia/Kolkata': 330 };

/** `minute`: after midnight UTC. */
export function isIn({ from, to, zone }: Quiet, minute: number): boolean {
  const there = (minute + AHEAD[zone]!) % 1440;
  return to <= from ? there >= from || there < to : there >= from && there < to;
}

const answer = fc.constantFrom<Answer>('accepted', 'accepted', 'retry', 'asks', 'uncertain', 'dies', 'lost');

export const channelHistory: fc.Arbitrary<ChannelHistory> = fc
  .record({
    stories: fc.uniqueArray(story, {
      maxLength: 12,
      selector: ({ filter, subject, kind }) => `${filter} ${subject} ${kind}`,
    }),
    answers: fc.array(fc.array(answer, { maxLength: 6 }), { minLength: WINDOWS, maxLength: WINDOWS }),
    mutes: fc.array(mute, { maxLength: 3 }),
    budget: fc.option(fc.record({ count: fc.integer({ min: 1, max: 6 }), perMs: fc.constantFrom(HOUR, 10 * MINUTE) })),
    quiet: hours,
    ruleQuiet: hours,
    severity: fc.constantFrom<Severity>('info', 'info', 'warning'),
  })
  // Who allows no time of the day is told nothing.
  .filter(({ quiet, ruleQuiet }) => HALF_HOURS.some((at) => ![quiet, ruleQuiet].some((it) => it && isIn(it, at))))
  .map(({ stories, answers, mutes, budget, quiet, ruleQuiet, severity }) => {
    const told = stories.flatMap(tellingsOf);
    const passes = answers.map((some, window) => ({
      tellings: told.filter(([at]) => at === window).map(([, telling]) => telling),
      answers: some,
    }));
    return { passes, mutes, ruleQuiet, policy: { name: 'crm', budget, quiet, severity } };
  });
