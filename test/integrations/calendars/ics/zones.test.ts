import assert from 'node:assert/strict';
import { agendaIn, icsOf, linesIn } from '../../../support/people/calendars.ts';
import { knownZone } from '../../../../src/integrations/calendars/ics/zones.ts';
import { readCalendar } from '../../../../src/integrations/calendars/ics/read-calendar.ts';

const NO_HEAD: readonly string[] = [];
/** A zone as a mail server writes one that it has no name for. */
const OWN = [
  'BEGIN:VTIMEZONE',
  'TZID:Customized Time Zone',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];
const at = (wall: string, zone = 'Customized Time Zone'): string => `SUMMARY:X / DTSTART;TZID=${zone}:${wall}`;

describe('zones of calendars', () => {
  for (const [written, known] of [
    ['Europe/Berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam'],
    ['(UTC) Dublin, Edinburgh, Lisbon, London', 'Europe/Dublin'],
    ['(UTC-06:00) Nowhere, Mexico City', 'America/Mexico_City'],
    ['(UTC+05:00) Berlin', null],
    ['/freeassociation.sourceforge.net/Europe/Paris', 'Europe/Paris'],
    ['Acme/Nowhere', null],
    ['+05:00', null],
    ['', null],
  ] as const)
    it(`know ${written || 'no name'} as ${String(known)}`, () => assert.equal(knownZone(written), known));

  it('of Dublin are those of its winter, although it calls its summer the standard', () =>
    assert.equal(knownZone('(UTC+00:00) Dublin'), 'Europe/Dublin'));

  it('that only the calendar knows are as it says, around both changes', () => {
    const walls = [
      '20260201T090000',
      '20260329T013000',
      '20260329T023000',
      '20260329T033000',
      '20261025T023000',
      '20261025T033000',
    ];
    assert.deepEqual(
      linesIn(
        icsOf(
          walls.map((wall) => at(wall)),
          OWN,
        ),
        { zone: 'Europe/Berlin' },
      ),
      [
        '2026-02-01T08:00 0m X',
        '2026-03-29T00:30 0m X',
        '2026-03-29T01:30 0m X',
        '2026-03-29T01:30 0m X',
        '2026-10-25T00:30 0m X',
        '2026-10-25T02:30 0m X',
      ],
    );
  });

  it('that only the calendar knows are shown by the name of where one is', () => {
    const [event] = agendaIn(icsOf([at('20260201T003000')], OWN), { zone: 'Europe/Berlin' }).events;
    assert.deepEqual(event!.when.kind === 'timed' && [event!.when.zone, event!.when.day], [
      'Europe/Berlin',
      '2026-02-01',
    ]);
  });

  it('that changed once are as before, until then', () => {
    const once = ['BEGIN:VTIMEZONE', 'TZID:Once', 'BEGIN:STANDARD', 'TZOFFSETFROM:+0300', 'TZOFFSETTO:+0400'];
    const head = [...once, 'DTSTART:20260301T000000', 'RDATE:20270301T000000', 'END:STANDARD', 'END:VTIMEZONE'];
    assert.deepEqual(linesIn(icsOf([at('20260201T120000', 'Once'), at('20260401T120000', 'Once')], head)), [
      '2026-02-01T09:00 0m X',
      '2026-04-01T08:00 0m X',
    ]);
  });

  it('whose changes are over stay as the last one left them', () => {
    const head = OWN.map((line) => line.replace(/(BYDAY=-1SU)/, '$1;UNTIL=20101231T000000Z'));
    assert.deepEqual(linesIn(icsOf([at('20260701T120000')], head)), ['2026-07-01T11:00 0m X']);
  });

  it('that nobody knows leave out the event alone, by its name', () => {
    const text = icsOf([at('20260601T090000', 'Acme/Nowhere'), 'SUMMARY:Good / DTSTART:20260601T090000Z'], NO_HEAD);
    const { events, leftOut } = agendaIn(text);
    assert.deepEqual(
      events.map(({ title }) => title),
      ['Good'],
    );
    assert.deepEqual(leftOut, ['"X" is in a zone that nobody knows: Acme/Nowhere']);
  });

  for (const [what, head] of [
    ['no clock', ['BEGIN:VTIMEZONE', 'TZID:Customized Time Zone', 'END:VTIMEZONE']],
    ['a clock without a begin', OWN.filter((line) => !line.startsWith('DTSTART'))],
    ['a clock without its time', OWN.filter((line) => !line.startsWith('TZOFFSETTO'))],
  ] as const)
    it(`with ${what} leave out the event alone`, () =>
      assert.deepEqual(agendaIn(icsOf([at('20260601T090000')], head)).leftOut, [
        '"X" has a zone whose clock is not said',
      ]));

  it('that cannot be parsed are none', () =>
    assert.deepEqual(agendaIn(icsOf([at('20260601T090000')], OWN.toSpliced(2, 0, 'no line'))).leftOut, [
      '"X" is in a zone that nobody knows: Customized Time Zone',
    ]));

  it('are needed by times that say none: of the setting, else of the calendar, else there is none', () => {
    const text = icsOf(['SUMMARY:Lunch / DTSTART:20260701T120000'], NO_HEAD);
    assert.deepEqual(readCalendar(text).leftOut, [
      '"Lunch" does not say in which zone it is, nor does its calendar; write zone: for the calendar',
    ]);
    const { zone, leftOut } = readCalendar(icsOf(['SUMMARY:Lunch / DTSTART:20260701T120000']), 'Asia/Tokyo');
    assert.deepEqual([zone, leftOut], ['Asia/Tokyo', []]);
    assert.equal(readCalendar(icsOf([], ['X-WR-TIMEZONE:Acme/Nowhere'])).zone, null);
  });
});
