import assert from 'node:assert/strict';
import { toldAnew } from '../../../../src/core/alerts/decide/after-restore.ts';
import { stateToJson } from '../../../../src/core/alerts/fold/state-json.ts';
import { type Episode, NEVER, type SubjectState } from '../../../../src/core/alerts/fold/state.ts';
import { isoOf } from '../../../../src/core/model/window.ts';
import { alertOf, HOUR, MINUTE, TEN, tellingOf } from '../../../support/alerting/tellings.ts';

/** The ledger was restored at 11:02, and the newest window is [11:05, 11:10). */
const AT = TEN + HOUR + 2 * MINUTE;
const END = TEN + HOUR + 10 * MINUTE;
const ALERT = alertOf({ rule: 'trending', late: true });
const HELD = tellingOf(ALERT, { fate: 'held', summary: '12 issues' });

function episodeOf(given: Partial<Episode> = {}): Episode {
  const known = { end: END, value: 60, limit: 4 };
  const counts = { since: TEN, from: TEN + 5 * MINUTE, repeats: 0 };
  return { ref: { id: ALERT.id }, ...counts, told: ['crm'], subject: ALERT.subject, known, ...given };
}

function anew(episode: Episode | null, given: Partial<SubjectState> = {}, tell = ['crm', 'lead']) {
  const subjects = new Map([[ALERT.subject.id, { ...NEVER, isOn: true, episode, ...given }]]);
  const about = { first: TEN, shape: '', sentence: 'trending', severity: 'warning', undecided: new Map() } as const;
  const state = stateToJson({
    rules: new Map([
      ['other', { ...about, key: 'other', tell, subjects: new Map() }],
      ['trending', { ...about, key: 'trending', tell, subjects }],
    ]),
  });
  const states = new Map([['crm-checkout', { window: END - 5 * MINUTE, state }]]);
  return toldAnew({ held: [HELD], states, at: AT, now: END + 2 * MINUTE });
}

const knownAt = (end: number, value: number | null = null, limit: number | null = null) =>
  episodeOf({ known: { end, value, limit } });

describe('what is told anew after a restore', () => {
  it('is what lasts, as it is now, under a key of its own for each restore', () => {
    const [telling, ...more] = anew(episodeOf());
    assert.deepEqual(more, []);
    const { alert, ...rest } = telling!;
    const window = TEN + HOUR + 5 * MINUTE;
    assert.deepEqual(rest, {
      key: `${ALERT.id}|restored|${AT}|crm`,
      ...{ channel: 'crm', news: 'restored', rule: 'trending', window, decidedAt: END + 2 * MINUTE, summary: null },
    });
    assert.deepEqual(alert, {
      ...ALERT,
      window: { start: isoOf(window), end: isoOf(END) },
      ...{ value: 60, limit: 4, expected: null, late: false },
      why: 'after a restore: it lasts, at 11:10 UTC with 60 (limit 4); you may have been told before',
    });
    assert.match(anew(knownAt(END, 7))[0]!.alert.why, /, at 11:10 UTC with 7; /);
    assert.match(anew(knownAt(END))[0]!.alert.why, /: it lasts, at 11:10 UTC; /);
  });

  it('is known by a window that starts at the restore or later', () => {
    assert.equal(anew(knownAt(AT + 5 * MINUTE)).length, 1);
    assert.equal(anew(knownAt(AT + 5 * MINUTE - 1)).length, 0);
  });

  it('is not what is over, another episode, unsteady, or told to others now', () => {
    assert.deepEqual(anew(null), []);
    assert.deepEqual(anew(episodeOf({ ref: { id: `${ALERT.id}x` } })), []);
    assert.deepEqual(anew(episodeOf(), { isOn: false }), []);
    assert.deepEqual(anew(episodeOf(), { isUnsteady: true }), []);
    assert.deepEqual(anew(episodeOf(), {}, ['lead']), []);
    const unread = new Map([['crm-checkout', { window: END, state: { version: 2 } }]]);
    for (const states of [unread, new Map<string, never>()])
      assert.deepEqual(toldAnew({ held: [HELD], states, at: AT, now: END }), []);
  });
});
