import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { feedsOf } from '../../../src/app/feeds/index.ts';
import { calendarsOf, sheetsOf } from '../../../src/app/feeds/known.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import type { Watch } from '../../../src/core/ports/watches/watch.ts';
import { calendars } from '../../../src/integrations/calendars/index.ts';
import { sheets } from '../../../src/integrations/sheets/index.ts';
import { memoryLedger } from '../../../src/storage/index.ts';
import { noLedger } from '../../../src/storage/memory/no-ledger.ts';
import { depsOf, type TestDeps } from '../../support/build/deps.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { icsOf } from '../../support/people/calendars.ts';
import { rowsOf, text, workbookOf } from '../../support/people/workbooks.ts';
import { createClock } from '../../support/time/clock.ts';

const MINUTE = 60_000;
const YEAR = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1), zone: 'UTC' };
const MEETING = 'SUMMARY:Meeting / DTSTART;TZID=Europe/Berlin:20260324T090000 / RRULE:FREQ=WEEKLY;COUNT=1';

describe('sheets and calendars, read now and then', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'feeds-'));
  const at = (name: string): string => path.join(folder, name);
  const write = (name: string, content: string | Uint8Array): void => fs.writeFileSync(at(name), content);
  after(() => fs.rmSync(folder, { recursive: true }));

  /** A service with a sheet, a workbook and a calendar, whose clock stands until it is put on. */
  function service(ledgerOf = (deps: TestDeps): Ledger => memoryLedger(deps.clock.now)) {
    const deps = depsOf(createClock());
    const made = (plugins: typeof sheets, name: string, env: Readonly<Record<string, string>>, kind: string): Watch =>
      plugins[kind]!.read(env).create(deps, name).part;
    const parts = {
      ledger: ledgerOf(deps),
      sheets: new Map([
        ['duties', made(sheets, 'duties', { 'sheets.csv': at('duties.csv'), 'sheets.csv.dates': 'd.m.y' }, 'csv')],
        ['team', made(sheets, 'team', { 'sheets.xlsx': at('team.xlsx'), 'sheets.xlsx.tab': 'Team' }, 'xlsx')],
      ]),
      calendars: new Map([['lab', made(calendars, 'lab', { 'calendars.ics': at('lab.ics') }, 'ics')]]),
    };
    const told: string[] = [];
    const heard: string[] = [];
    const planOf = (name: string) => ({
      ...{ name, everyMs: 30 * MINUTE, labels: {}, rules: [], isCertificate: false },
      where: `crm.yaml:${name.length}`,
    });
    const feeds = feedsOf(parts, {
      plans: () => ({ sheets: ['duties', 'team'].map(planOf), calendars: [planOf('lab')] }),
      isWhole: () => true,
      admin: { tell: async (kind, line) => told.push(`${kind}: ${line}`) > 0 },
      heard: (done) =>
        void heard.push(...done.map(({ kind, name, status, detail }) => [kind, name, status, detail].join(' '))),
      // Nobody waits so long that it would be over.
      sleep: (_ms, signal) =>
        new Promise((_, late) => signal!.addEventListener('abort', () => late(new Error('over')))),
    });
    return { deps, parts, told, heard, feeds, sheets: sheetsOf(parts), calendars: calendarsOf(parts) };
  }

  beforeEach(() => {
    write('duties.csv', 'Task;Main\nBreakfast;Ann\n');
    write('team.xlsx', workbookOf([{ name: 'Team', rows: rowsOf([text('Name')], [text('Bob')]) }]));
    write('lab.ics', icsOf([MEETING, 'SUMMARY:Odd / DTSTART;TZID=Acme/Nowhere:20260324T090000']));
  });

  it('are known once they were read, each as it is', async () => {
    const { feeds, heard, told, ...known } = service();
    assert.deepEqual(await known.sheets!.read('duties'), { good: null, last: null });
    await feeds!.work(scopeOf());
    const { good } = (await known.sheets!.read('duties'))!;
    assert.deepEqual(good!.found, {
      columns: ['task', 'main'],
      rows: [{ row: 2, cells: { task: 'Breakfast', main: 'Ann' } }],
      dates: 'd.m.y',
    });
    assert.equal((await known.sheets!.read('team'))!.good!.found.rows[0]!.cells['name'], 'Bob');
    const agenda = (await known.calendars!.read('lab', YEAR))!.good!.found;
    assert.deepEqual([agenda.events.map(({ title }) => title), agenda.leftOut.length], [['Meeting'], 1]);
    assert.deepEqual(heard, [
      'sheet duties done 1 row',
      'sheet team done 1 row',
      'calendar lab done 1 event; left out: "Odd" is in a zone that nobody knows: Acme/Nowhere',
    ]);
    const ofCalendar = told.map((it) => it.replace(/ was read, but not all.*/, ''));
    assert.deepEqual(ofCalendar, ['calendar/lab/left out: The calendar lab (crm.yaml:3)']);
  });

  it('stay known, with their age, while they cannot be read; the admin is told', async () => {
    const { feeds, deps, told, ...known } = service();
    await feeds!.work(scopeOf());
    const readAt = deps.clock.now();
    const before = await known.sheets!.read('duties');
    for (const content of ['<!doctype html><html>', 'Task;Task\n', 'Task;Main\n']) {
      await deps.sleep(30 * MINUTE);
      write('duties.csv', content);
      await feeds!.work(scopeOf());
    }
    const { good, last } = (await known.sheets!.read('duties'))!;
    assert.deepEqual([good, good!.at, last!.failures], [before!.good, readAt, 3]);
    assert.match(last!.fault!, /^duties: has no rows any more, and had 1; the last good answer stays in use/);
    assert.match(
      told[1]!,
      /^sheet\/duties\/failure: The sheet duties \(crm.yaml:6\) failed at .*: duties: is a web page/,
    );
    write('duties.csv', 'Task;Main\nBreakfast;Bob\n');
    await deps.sleep(30 * MINUTE);
    await feeds!.work(scopeOf());
    assert.equal((await known.sheets!.read('duties'))!.good!.found.rows[0]!.cells['main'], 'Bob');
    assert.match(told.at(-1)!, /^sheet\/duties\/recovered/);
  });

  it('are read once in each interval, and what one cannot do is no other one’s', async () => {
    const { feeds, deps, heard } = service();
    write('team.xlsx', 'no workbook');
    write('lab.ics', 'BEGIN:VCALENDAR\r\n');
    await feeds!.work(scopeOf());
    await feeds!.work(scopeOf());
    assert.deepEqual(heard, [
      'sheet duties done 1 row',
      'sheet team failed team: is no workbook in XLSX',
      'calendar lab failed lab: is cut off: its end is missing',
    ]);
    write('lab.ics', Buffer.from(icsOf([MEETING, 'SUMMARY:Ü / DTSTART:20260101T000000Z']), 'latin1'));
    write('duties.csv', Buffer.from('Task;Main\nÜ;Ann\n', 'latin1'));
    await deps.sleep(30 * MINUTE);
    heard.length = 0;
    await feeds!.work(scopeOf());
    assert.deepEqual(heard.toSorted(), [
      'calendar lab failed lab: is no calendar: it is not in UTF-8',
      'sheet duties failed duties: is not in UTF-8; save it as CSV in UTF-8',
      'sheet team failed team: is no workbook in XLSX',
    ]);
  });

  it('are read beside plain runs, and nobody is told anything before', async () => {
    const { feeds, heard } = service();
    const scope = scopeOf();
    await feeds!.listener.begun!({ kind: 'debug' } as never, scope);
    assert.deepEqual(heard, []);
    const sent: number[] = [];
    const messenger = feeds!.behind({ send: async () => void sent.push(heard.length) } as never);
    await Promise.all([feeds!.listener.begun!({ kind: 'plain' } as never, scope), messenger.send(scope)]);
    assert.deepEqual([sent, heard.length], [[3], 3]);
  });

  it('that no file sets up are none', async () => {
    const { sheets: known, calendars: agendas, parts } = service();
    assert.deepEqual([await known!.read('others'), await agendas!.read('others', YEAR)], [null, null]);
    const none = { ...parts, sheets: new Map<string, Watch>(), calendars: new Map<string, Watch>() };
    assert.deepEqual(
      [sheetsOf(none), calendarsOf(none), feedsOf(none, {} as never)],
      [undefined, undefined, undefined],
    );
    const without = service(() => noLedger);
    assert.deepEqual([without.sheets, without.calendars, without.feeds], [undefined, undefined, undefined]);
  });

  it('of which nobody has read a calendar yet say nothing', async () => {
    assert.deepEqual(await service().calendars!.read('lab', YEAR), { good: null, last: null });
  });

  it('say of much that they left out the first, and how much there is', async () => {
    const { feeds, heard } = service();
    write('lab.ics', icsOf(Array.from({ length: 5 }, (_, it) => `SUMMARY:E${it}`)));
    await feeds!.work(scopeOf());
    assert.equal(
      heard.at(-1),
      `calendar lab done 0 events; left out: ${[0, 1, 2].map((it) => `"E${it}" does not say when it is`).join(', ')}, and 2 more`,
    );
  });

  it('may be at addresses that are secrets', () => {
    const secret = { 'sheets.csv-secret': 'https://example.com/s/0123456789abcdef' };
    const all = [
      sheets['csv-secret']!.read(secret),
      sheets['xlsx-secret']!.read({ 'sheets.xlsx-secret': secret['sheets.csv-secret'] }),
      calendars['ics-secret']!.read({
        'calendars.ics-secret': secret['sheets.csv-secret'],
        'calendars.ics-secret.zone': 'Asia/Tokyo',
      }),
    ];
    assert.deepEqual(
      all.map(({ secrets }) => secrets),
      Array(3).fill([secret['sheets.csv-secret']]),
    );
    assert.deepEqual(
      all.map((it) => it.create(depsOf(), 'x').part.name),
      ['x', 'x', 'x'],
    );
    assert.throws(
      () => calendars['ics']!.read({ 'calendars.ics': '/a.ics', 'calendars.ics.zone': 'CET' }),
      /is not a time zone by its city/,
    );
  });
});
