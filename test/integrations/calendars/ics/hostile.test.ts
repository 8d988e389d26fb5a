import assert from 'node:assert/strict';
import { agendaIn, icsOf } from '../../../support/people/calendars.ts';
import { MOST_EVENTS, NoCalendar, readCalendar } from '../../../../src/integrations/calendars/ics/read-calendar.ts';

const START = 'DTSTART:20260105T090000Z';
const leftOut = (...events: readonly string[]): readonly string[] => {
  const { leftOut: left, unfollowed } = agendaIn(icsOf(events));
  return [...left, ...unfollowed];
};

describe('a calendar that is none', () => {
  for (const [what, text, why] of [
    ['nothing', '', /does not begin like one/],
    ['a web page', '<!doctype html><html></html>', /does not begin like one/],
    ['cut off', icsOf([START]).slice(0, -20), /its end is missing/],
    ['cut off within an event', icsOf([START]).replace('END:VEVENT\r\n', ''), /an event has no end/],
    ['too large', icsOf(Array.from({ length: MOST_EVENTS + 1 }, () => START)), /more than 10000 events/],
  ] as const)
    it(`is refused: ${what}`, () =>
      assert.throws(
        () => readCalendar(text),
        (error) => error instanceof NoCalendar && why.test(error.message),
      ));

  it('is one with line feeds alone, a byte order mark, or without any event', () => {
    assert.equal(readCalendar(`\uFEFF${icsOf([START]).replaceAll('\r\n', '\n')}`).items.length, 1);
    assert.deepEqual(readCalendar(icsOf([])).items, []);
  });
});

describe('an odd event', () => {
  for (const [text, why] of [
    ['SUMMARY:A', 'does not say when it is'],
    ['SUMMARY:A / DTSTART:garbage', 'has a date that is none'],
    ['SUMMARY:A / DTSTART;VALUE=DATE:20260230', 'has a date that is none'],
    ['SUMMARY:A / DTSTART:20260101T250000Z', 'has a date that is none'],
    [`SUMMARY:A / ${START} / DURATION:-PT1H`, 'has a duration that is none'],
    [`SUMMARY:A / ${START} / RDATE;VALUE=PERIOD:20260103T090000Z/-PT1H`, 'has a duration that is none'],
    [`SUMMARY:A / ${START} / RDATE;VALUE=PERIOD:20260103T090000Z/20269999T100000Z`, 'has a date that is none'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=HOURLY`, 'takes place more often than once a day'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=SECONDLY;BYMONTH=2`, 'takes place more often than once a day'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY;BYHOUR=9,17`, 'takes place more often than once a day'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY;RSCALE=CHINESE`, 'has a rule with RSCALE'],
    [`SUMMARY:A / ${START} / RRULE:COUNT=3`, 'takes place more often than once a day'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY / RRULE:FREQ=WEEKLY`, 'has two rules'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY / EXRULE:FREQ=WEEKLY`, 'has an EXRULE, which calendars must not have'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY;INTERVAL=99999999999`, 'has a rule that cannot be followed'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=DAILY;COUNT=-3`, 'has a rule that cannot be followed'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=WEEKLY;BYDAY=2MO`, 'has a rule that cannot be followed'],
    [`SUMMARY:A / ${START} / RRULE:FREQ=MONTHLY;BYDAY=0MO`, null],
    [`SUMMARY:A / ${START} / RRULE:FREQ=MONTHLY;BYDAY=XX`, null],
    [`SUMMARY:A / ${START} / RRULE:FREQ=MONTHLY;BYMONTHDAY=0`, 'has a rule that cannot be followed'],
    [`SUMMARY:A / ${START} / no line`, null],
  ] as const)
    it(`is left out alone: ${text.slice(0, 80)}`, () => {
      const said = why === null ? 'An event cannot be read' : `"A" ${why}`;
      const { events, leftOut: left } = agendaIn(icsOf([text, `SUMMARY:Good / ${START}`]));
      assert.deepEqual([events.map(({ title }) => title), left], [['Good'], [said]]);
    });

  it('is none whose rule says the time of its first again, and weeks that begin on Sunday', () =>
    assert.deepEqual(leftOut(`${START} / RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9;BYMINUTE=0;BYSECOND=0;WKST=SU`), []));

  it('that takes place too often is left out, without keeping anybody waiting', () => {
    const dates = Array.from({ length: 5_001 }, (_, at) => new Date(Date.UTC(2026, 0, 1) + at * 60_000));
    const said = dates.map((it) => it.toISOString().replace(/[-:]|\.000/g, '')).join(',');
    assert.deepEqual(leftOut(`SUMMARY:A / ${START} / RDATE:${said}`), ['"A" takes place too often to be followed']);
    const old = 'SUMMARY:Old / DTSTART:17000101T090000Z / RRULE:FREQ=DAILY;COUNT=200000';
    // Three of them are 357,000 days up to the agenda, of the 400,000 of a calendar.
    const others = Array.from({ length: 7 }, () => '"Old" takes place too often to be followed');
    assert.deepEqual(leftOut(...Array.from({ length: 10 }, () => old)), others);
  });
});

describe('the words of an event', () => {
  const event = (...lines: readonly string[]) => agendaIn(icsOf([[START, ...lines].join(' / ')])).events[0]!;

  it('are lines that one may show', () => {
    const { title, place, text } = event(
      'SUMMARY;LANGUAGE=de-DE:Plan\\, new\\n \u202Eevil\u202C\\; \tx',
      'LOCATION:  Room\\n1  ',
      'DESCRIPTION:one\\ntwo\u0007\\n\\n',
    );
    assert.deepEqual([title, place, text], ['Plan, new evil; x', 'Room 1', 'one\ntwo']);
  });

  it('are none where nothing is said', () => {
    const { title, place, url, text, attendees } = event();
    assert.deepEqual([title, place, url, text, attendees], ['', null, null, null, []]);
  });

  it('are shortened, never within a letter', () => {
    const { title, text } = event(`SUMMARY:${'a'.repeat(498)}😀😀`, `DESCRIPTION:${'b'.repeat(6_000)}`);
    assert.deepEqual([title, text!.length, text!.at(-1)], [`${'a'.repeat(498)}…`, 5_000, '…']);
  });

  for (const [written, url] of [
    ['URL:https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['X-GOOGLE-CONFERENCE:https://meet.example.com/x', 'https://meet.example.com/x'],
    ['URL:javascript:alert(1)', null],
    ['URL:https://ann:secret@example.com/', null],
    ['URL:no address', null],
    [`URL:https://example.com/${'a'.repeat(2_000)}`, null],
  ] as const)
    it(`have an address or none: ${written.slice(0, 60)}`, () => assert.equal(event(written).url, url));

  it('name those who come', () => {
    const { attendees } = event(
      'ATTENDEE;CN="Ann Lee";PARTSTAT=ACCEPTED:mailto:Ann@Example.com',
      'ATTENDEE;CN=Bob:invalid:nomail',
      'ATTENDEE:mailto:cara@example.com',
      'ATTENDEE;PARTSTAT=DECLINED;CN=Dan:mailto:dan@example.com',
      'ATTENDEE:urn:uuid:1',
    );
    assert.deepEqual(attendees, [
      { name: 'Ann Lee', email: 'ann@example.com' },
      { name: 'Bob', email: null },
      { name: null, email: 'cara@example.com' },
    ]);
  });
});
