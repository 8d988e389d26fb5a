import assert from 'node:assert/strict';
import { agendaIn, icsOf, linesIn } from '../../../support/people/calendars.ts';

const BERLIN = 'TZID=Europe/Berlin';

describe('a calendar, expanded', () => {
  for (const [what, events, wanted] of [
    [
      'a Tuesday meeting, over the change of clocks',
      [`SUMMARY:Meeting / DTSTART;${BERLIN}:20260324T090000 / DURATION:PT45M / RRULE:FREQ=WEEKLY;COUNT=3`],
      ['2026-03-24T08:00 45m Meeting', '2026-03-31T07:00 45m Meeting', '2026-04-07T07:00 45m Meeting'],
    ],
    [
      'one that was moved, before its master and from outside of the span',
      [
        `UID:a / SUMMARY:Moved / RECURRENCE-ID;${BERLIN}:20251229T090000 / DTSTART;${BERLIN}:20260102T140000`,
        `UID:a / SUMMARY:Weekly / DTSTART;${BERLIN}:20251222T090000 / RRULE:FREQ=WEEKLY;UNTIL=20260105T080000Z`,
      ],
      ['2026-01-02T13:00 0m Moved', '2026-01-05T08:00 0m Weekly'],
    ],
    [
      'one that was moved twice: the later change counts',
      [
        `UID:a / SUMMARY:Weekly / DTSTART:20260105T090000Z / RRULE:FREQ=WEEKLY;COUNT=2`,
        `UID:a / SUMMARY:Newer / SEQUENCE:2 / RECURRENCE-ID:20260112T090000Z / DTSTART:20260113T090000Z`,
        `UID:a / SUMMARY:Older / SEQUENCE:1 / RECURRENCE-ID:20260112T090000Z / DTSTART:20260114T090000Z`,
      ],
      ['2026-01-05T09:00 0m Weekly', '2026-01-13T09:00 0m Newer'],
    ],
    [
      'a change of all that follow',
      [
        `UID:a / SUMMARY:At nine / DTSTART;${BERLIN}:20260105T090000 / DURATION:PT1H / RRULE:FREQ=WEEKLY;COUNT=4`,
        `UID:a / SUMMARY:At ten / RECURRENCE-ID;RANGE=THISANDFUTURE;${BERLIN}:20260119T090000` +
          ` / DTSTART;${BERLIN}:20260119T100000 / DURATION:PT30M`,
      ],
      [
        '2026-01-05T08:00 60m At nine',
        '2026-01-12T08:00 60m At nine',
        '2026-01-19T09:00 30m At ten',
        '2026-01-26T09:00 30m At ten',
      ],
    ],
    [
      'changes of a series whose own event is not published',
      [`UID:a / SUMMARY:Busy / RECURRENCE-ID:20260105T090000Z / DTSTART:20260105T100000Z / DTEND:20260105T110000Z`],
      ['2026-01-05T10:00 60m Busy'],
    ],
    [
      'a change whose occurrence is said by its midnight',
      [
        `UID:a / SUMMARY:Plan / DTSTART;TZID=W. Europe Standard Time:20260316T090000 / RRULE:FREQ=WEEKLY;COUNT=3`,
        `UID:a / SUMMARY:Later / RECURRENCE-ID;TZID=W. Europe Standard Time:20260323T000000` +
          ` / DTSTART;TZID=W. Europe Standard Time:20260323T110000`,
      ],
      ['2026-03-16T08:00 0m Plan', '2026-03-23T10:00 0m Later', '2026-03-30T07:00 0m Plan'],
    ],
    [
      'what is left out, in each of its forms',
      [
        `SUMMARY:A / DTSTART;${BERLIN}:20260330T090000 / RRULE:FREQ=DAILY;COUNT=4 / EXDATE;${BERLIN}:20260331T090000`,
        `SUMMARY:B / DTSTART;${BERLIN}:20260330T090000 / RRULE:FREQ=DAILY;COUNT=2 / EXDATE:20260331T070000Z`,
        `SUMMARY:C / DTSTART;${BERLIN}:20260330T090000 / RRULE:FREQ=DAILY;COUNT=2 / EXDATE;VALUE=DATE:20260331`,
        `SUMMARY:D / DTSTART;${BERLIN}:20260330T090000 / RRULE:FREQ=DAILY;COUNT=3` +
          ` / EXDATE;${BERLIN}:20260331T090000,20260401T090000`,
        `SUMMARY:E / DTSTART;VALUE=DATE:20260330 / RRULE:FREQ=DAILY;COUNT=2 / EXDATE;VALUE=DATE:20260331`,
      ],
      [
        '2026-03-30..2026-03-30 E',
        ...['A', 'B', 'C', 'D'].map((title) => `2026-03-30T07:00 0m ${title}`),
        '2026-04-01T07:00 0m A',
        '2026-04-02T07:00 0m A',
      ],
    ],
    [
      'further occurrences, one of them twice, beside the first',
      [
        `SUMMARY:A / DTSTART;${BERLIN}:20260330T090000 / DTEND;${BERLIN}:20260330T093000` +
          ` / RDATE;${BERLIN}:20260402T090000 / RDATE:20260402T070000Z`,
        'SUMMARY:B / DTSTART:20260101T090000Z / RDATE;VALUE=PERIOD:20260103T090000Z/PT1H',
      ],
      ['2026-01-01T09:00 0m B', '2026-01-03T09:00 60m B', '2026-03-30T07:00 30m A', '2026-04-02T07:00 30m A'],
    ],
    [
      'further occurrences that say how long they last themselves',
      [
        `SUMMARY:A / DTSTART;${BERLIN}:20260327T090000 / DTEND;${BERLIN}:20260327T093000` +
          ` / RDATE;VALUE=PERIOD;${BERLIN}:20260328T090000/P1D,20260330T090000/20260330T110000` +
          ` / RDATE;${BERLIN}:20260331T090000`,
      ],
      [
        '2026-03-27T08:00 30m A',
        // The clocks leap in that night: a day is from nine to nine, 23 hours.
        '2026-03-28T08:00 1380m A',
        '2026-03-30T07:00 120m A',
        '2026-03-31T07:00 30m A',
      ],
    ],
    [
      'a birthday on 29 February, only in leap years',
      ['SUMMARY:Birthday / DTSTART;VALUE=DATE:20240229 / RRULE:FREQ=YEARLY'],
      ['2024-02-29..2024-02-29 Birthday', '2028-02-29..2028-02-29 Birthday'],
    ],
    [
      'days, to the one before their end',
      [
        'SUMMARY:On call / DTSTART;VALUE=DATE:20260327 / DTEND;VALUE=DATE:20260330',
        'SUMMARY:Fair / DTSTART;VALUE=DATE:20260327 / DURATION:P2D',
        'SUMMARY:Odd / DTSTART;VALUE=DATE:20260327 / DTEND;VALUE=DATE:20260327',
        'SUMMARY:Also / DTSTART:20260328',
      ],
      [
        '2026-03-27..2026-03-29 On call',
        '2026-03-27..2026-03-28 Fair',
        '2026-03-27..2026-03-27 Odd',
        '2026-03-28..2026-03-28 Also',
      ],
    ],
    [
      'whole days that are written as times',
      [
        'SUMMARY:Off / X-MICROSOFT-CDO-ALLDAYEVENT:TRUE / DTSTART;TZID=W. Europe Standard Time:20260401T000000' +
          ' / DTEND;TZID=W. Europe Standard Time:20260402T000000 / RRULE:FREQ=DAILY;COUNT=2' +
          ' / EXDATE;TZID=W. Europe Standard Time:20260402T000000',
        'SUMMARY:No day / X-MICROSOFT-CDO-ALLDAYEVENT:TRUE / DTSTART;TZID=W. Europe Standard Time:20260401T010000',
      ],
      ['2026-03-31T23:00 0m No day', '2026-04-01..2026-04-01 Off'],
    ],
    [
      'a time that the clocks skip, as long after the change as it says',
      [`SUMMARY:Check / DTSTART;${BERLIN}:20260328T023000 / RRULE:FREQ=DAILY;COUNT=3`],
      ['2026-03-28T01:30 0m Check', '2026-03-29T01:30 0m Check', '2026-03-30T00:30 0m Check'],
    ],
    [
      'a day that lasts 23 hours, and 24 hours over the same night',
      [
        `SUMMARY:A day / DTSTART;${BERLIN}:20260328T120000 / DURATION:P1D`,
        `SUMMARY:Hours / DTSTART;${BERLIN}:20260328T120000 / DURATION:PT24H`,
      ],
      ['2026-03-28T11:00 1380m A day', '2026-03-28T11:00 1440m Hours'],
    ],
    [
      'what has no zone, in that of the calendar',
      ['SUMMARY:Lunch / DTSTART:20260701T120000 / DTEND:20260701T110000'],
      ['2026-07-01T10:00 0m Lunch'],
    ],
    [
      'until a day, that day included, and until a time of no zone',
      [
        `SUMMARY:A / DTSTART;${BERLIN}:20260105T090000 / RRULE:FREQ=DAILY;UNTIL=20260106`,
        `SUMMARY:B / DTSTART;${BERLIN}:20260105T090000 / RRULE:FREQ=DAILY;UNTIL=20260106T090000`,
      ],
      ['2026-01-05T08:00 0m A', '2026-01-05T08:00 0m B', '2026-01-06T08:00 0m A', '2026-01-06T08:00 0m B'],
    ],
    [
      'what is cancelled, never',
      [
        'SUMMARY:Gone / STATUS:CANCELLED / DTSTART:20260330T080000Z',
        'UID:a / SUMMARY:Twice / DTSTART:20260105T090000Z / RRULE:FREQ=DAILY;COUNT=2',
        'UID:a / SUMMARY:Once / STATUS:CANCELLED / RECURRENCE-ID:20260106T090000Z / DTSTART:20260106T090000Z',
      ],
      ['2026-01-05T09:00 0m Twice'],
    ],
  ] as const)
    it(`has ${what}`, () => {
      const years = what.includes('leap') ? { from: '2024-01-01', to: '2029-01-01' } : {};
      assert.deepEqual(linesIn(icsOf(events), years), wanted);
    });

  it('has each of two events with one id, and tells them apart', () => {
    const text = icsOf([
      'UID:a / SUMMARY:A / DTSTART:20260105T090000Z',
      'UID:a / SUMMARY:B / DTSTART:20260105T090000Z',
    ]);
    assert.deepEqual(
      agendaIn(text).events.map(({ id, series, title }) => [id, series, title]),
      [
        ['a#2@2026-01-05T09:00', 'a', 'B'],
        ['a@2026-01-05T09:00', 'a', 'A'],
      ],
    );
  });

  it('knows an occurrence by the same id before and after it was moved', () => {
    const series = 'UID:a / SUMMARY:A / DTSTART:20260105T090000Z / RRULE:FREQ=DAILY;COUNT=1';
    const change = 'UID:a / SUMMARY:A / RECURRENCE-ID:20260105T090000Z / DTSTART:20260108T090000Z';
    const ids = [[series], [series, change]].map((all) => agendaIn(icsOf(all)).events.map(({ id }) => id));
    assert.deepEqual(ids, [['a@2026-01-05T09:00'], ['a@2026-01-05T09:00']]);
  });

  it('has what touches a span: also what began before, and no moment at its end', () => {
    const text = icsOf([
      'SUMMARY:Long / DTSTART:20260101T000000Z / DTEND:20260401T000000Z',
      'SUMMARY:Over / DTSTART:20260101T000000Z / DTEND:20260201T000000Z',
      'SUMMARY:First moment / DTSTART:20260201T000000Z',
      'SUMMARY:Last moment / DTSTART:20260301T000000Z',
      'SUMMARY:Days / DTSTART;VALUE=DATE:20260131 / DTEND;VALUE=DATE:20260202',
      'SUMMARY:Day before / DTSTART;VALUE=DATE:20260131',
    ]);
    assert.deepEqual(
      agendaIn(text, { from: '2026-02-01', to: '2026-03-01' }).events.map(({ title }) => title),
      ['Long', 'Days', 'First moment'],
    );
  });

  it('has whole days where one asks from', () => {
    const text = icsOf(['SUMMARY:Day / DTSTART;VALUE=DATE:20260201']);
    const seen = (zone: string): number =>
      agendaIn(text, { from: '2026-01-31T15:00Z', to: '2026-01-31T16:00Z', zone }).events.length;
    assert.deepEqual([seen('Asia/Tokyo'), seen('Europe/Berlin')], [1, 0]);
  });

  it('says in which zone and on which day something is', () => {
    const text = icsOf([
      'SUMMARY:UTC / DTSTART:20260329T230000Z',
      'SUMMARY:There / DTSTART;TZID=America/New_York:20260329T210000',
    ]);
    const whens = agendaIn(text).events.map(({ when }) => (when.kind === 'timed' ? [when.zone, when.day] : []));
    assert.deepEqual(whens, [
      ['Europe/Berlin', '2026-03-30'],
      ['America/New_York', '2026-03-29'],
    ]);
  });
});
