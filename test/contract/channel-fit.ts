import assert from 'node:assert/strict';
import { issueAlerts, messageOf, NASTY } from '../support/alerting/messages.ts';
import { depsOf } from '../support/build/deps.ts';
import { onOneLine } from '../support/alerting/looks.ts';
import { freeze } from '../support/build/reports.ts';
import type { ChannelSubject } from './channel-subject.ts';

const FORMS = ['rich', 'plain'] as const;

/** What a channel makes of a message. */
export function fitting(subject: ChannelSubject): void {
  const create = () => subject.create(depsOf());

  it('bears the name of its instance, and says what it is', () => {
    const { name, repeatSafe, isPerSubject } = create();
    assert.deepEqual(
      [name, repeatSafe, isPerSubject],
      [subject.name, subject.repeatSafe, subject.isPerSubject ?? false],
    );
  });

  it('makes the same of the same message, on every server and at any time, and leaves it as it is', () => {
    const later = depsOf();
    later.clock.advance(86_400_000);
    for (const form of FORMS)
      assert.deepEqual(subject.create(later).fit(messageOf(), form), create().fit(freeze(messageOf()), form));
  });

  it('shows calls, or none of them, of forty nasty names, in what the vendor takes', () => {
    const { id } = messageOf().alerts[0]!;
    for (const name of NASTY) {
      const call = `at ${onOneLine(name, 120)}(<anonymous>:17:56)`;
      const calls = { [id]: [call, ...Array.from({ length: 3 }, () => 'at total(shop.cart:17)')] };
      for (const form of FORMS) {
        const { body, leftOut } = create().fit(messageOf({ calls }), form);
        subject.check(body);
        assert.deepEqual([subject.titlesIn(body).length, leftOut], [1, 0]);
        const isShown = form === 'rich' && subject.callsIn !== undefined;
        if (isShown) assert.deepEqual(subject.callsIn!(body), calls[id], JSON.stringify(name.slice(0, 60)));
      }
    }
  });

  it('lists forty events and how many more, and fewer where there is no room, before an alert is left out', () => {
    const { id } = messageOf().alerts[0]!;
    const listed = (url: string | null, user = 'ann') =>
      Array.from({ length: 40 }, (_, n) => ({ at: Date.UTC(2026, 10, 20, 10, 0, 59 - n), user, url }));
    for (const [events, fewest] of [
      [listed(null), 40],
      [listed('https://logs.example.com/events?id=7'), 25],
      [listed(`https://logs.example.com/${'x'.repeat(2_500)}`, 'y'.repeat(300)), 1],
    ] as const) {
      const { body, leftOut } = create().fit(messageOf({ hits: { [id]: { listed: events, more: 10 } } }), 'rich');
      subject.check(body);
      assert.deepEqual([subject.titlesIn(body).length, leftOut], [1, 0]);
      if (subject.callsIn === undefined) continue;
      const text = JSON.stringify(body).replaceAll(/\\+/g, '');
      const shown =
        new Set(text.match(/2026-11-20[ T]10:00:\d\d/g)).size - (text.includes('2026-11-20T10:00:00') ? 1 : 0);
      assert.ok(shown >= fewest, `${shown} are shown`);
      assert.match(text, new RegExp(`and ${50 - shown} more|"more":10`));
    }
  });

  it('leaves out calls before it leaves out alerts', () => {
    const alerts = Array.from({ length: 10 }, (_, n) => ({
      ...issueAlerts(1, `${n} ${'ä'.repeat(150)}`)[0]!,
      id: `${n}`,
    }));
    const calls = Object.fromEntries(
      alerts.map(({ id }) => [id, [0, 1, 2].map((n) => `at ${'y'.repeat(250)}(m:${n})`)]),
    );
    const [bare, with_] = [messageOf({ alerts }), messageOf({ alerts, calls })].map((it) => create().fit(it, 'rich'));
    subject.check(with_!.body);
    assert.deepEqual(subject.titlesIn(with_!.body), subject.titlesIn(bare!.body));
    assert.equal(with_!.leftOut, bare!.leftOut);
  });

  for (const form of FORMS) {
    it(`${form}: shows each of forty nasty titles as it is, in what the vendor takes`, () => {
      assert.equal(NASTY.length, 40);
      for (const title of NASTY) {
        const { body, leftOut } = create().fit(messageOf({}, { subject: { title } }), form);
        subject.check(body);
        assert.deepEqual(
          [subject.titlesIn(body), leftOut],
          [[subject.looks(title, form)], 0],
          JSON.stringify(title.slice(0, 60)),
        );
      }
    });

    it(`${form}: all forty in one message`, () => {
      const alerts = NASTY.flatMap((title) => issueAlerts(1, title));
      const { body, leftOut } = create().fit(messageOf({ alerts }), form);
      subject.check(body);
      const named = subject.titlesIn(body);
      assert.equal(named.length + leftOut, 40);
      assert.deepEqual(
        named,
        NASTY.slice(0, named.length).map((title) => subject.looks(title, form)),
      );
    });

    it(`${form}: of 500 issues whole ones are left out from the end, and counted`, () => {
      for (const length of [10, 200, 3000]) {
        const alerts = Array.from({ length: 500 }, (_, index) => issueAlerts(1, `${index} ${'ä'.repeat(length)}`)[0]!);
        const { body, leftOut } = create().fit(messageOf({ alerts }), form);
        subject.check(body);
        const named = subject.titlesIn(body);
        assert.equal(named.length + leftOut, 500);
        assert.ok(named.length >= 10);
        assert.deepEqual(
          named,
          alerts.slice(0, named.length).map(({ subject: { title } }) => subject.looks(title, form)),
        );
      }
    });

    it(`${form}: what has no alerts says its lines`, () => {
      const message = messageOf({ type: 'message', alerts: [], lines: ['not watching since 02:10'] });
      const { body } = create().fit(message, form);
      subject.check(body);
      assert.ok(JSON.stringify(body).includes('not watching since 02:10'));
    });
  }
}
