import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import type { IssueRow } from '../../../../src/core/model/reading.ts';
import type { EventsOptions } from '../../../../src/integrations/sources/events/options.ts';
import { readPast } from '../../../../src/integrations/sources/events/past.ts';
import { readSpans } from '../../../../src/integrations/sources/events/spans.ts';
import { filterOf, START, WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';

const DAY = 86_400_000;
const TERMS = filterOf({ projects: ['web'], searchTerms: ['cart'] });
const ISSUES = [{ issueId: 'a', project: 'web', events: 1, users: 1 }] as unknown as readonly IssueRow[];

function stage(held?: number) {
  const store = fakeStore();
  store.put('web', eventOf('e1', { at: START - DAY, issueId: 'a', title: 'cart is gone', user: 'id:1' }));
  store.put('web', eventOf('e2', { at: START - DAY, issueId: 'a', title: 'other', culprit: null }));
  store.put('web', eventOf('e3', { at: START - 60_000, issueId: 'a', title: 'cart', user: 'id:1' }));
  if (held !== undefined) store.held = async () => held;
  return { store, baselines: ['1d'] } as unknown as EventsOptions;
}

describe('the past of issues of intakes', () => {
  const past = (filter: Filter, options: EventsOptions, issues = ISSUES) =>
    readPast({ filter, window: WINDOW, want: 'full' } as never, issues, options);

  it('is counted by its terms, event by event', async () => {
    const { baselines, gaps } = await past(TERMS, stage());
    assert.deepEqual([baselines.map(({ events }) => [...events]), gaps], [[[['a', 1]]], []]);
    assert.deepEqual(await past(TERMS, stage(), []), { baselines: [], gaps: [] });
  });

  it('is not known where too many events would have to be looked at, which is said', async () => {
    const { baselines, gaps } = await past(TERMS, stage(100_001));
    assert.deepEqual(baselines, []);
    assert.match(gaps[0]!.detail!, /^1d: more than 100000 events would have to be searched for the filter's terms;/);
  });
});

describe('users over spans, of intakes', () => {
  const rule = ruleWith({ kind: 'users', above: 50, spanMs: 15 * 60_000 });
  const spans = (options: EventsOptions) =>
    readSpans({ filter: { ...TERMS, alerts: [rule] }, window: WINDOW, want: 'full' } as never, options);

  it('are counted by its terms', async () => {
    const {
      spans: [found],
      warnings,
    } = await spans(stage());
    assert.deepEqual([found!.users, warnings], [1, []]);
  });

  it('are not known where too many events would have to be looked at, which is said', async () => {
    const {
      spans: [found],
      warnings,
    } = await spans(stage(100_001));
    assert.equal(found!.users, null);
    assert.match(warnings[0]!, /^users in 15m are not counted, and rules take the largest window there:/);
  });
});
