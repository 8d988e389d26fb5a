import assert from 'node:assert/strict';
import { CSV_HEAD, csvLine, csvNote } from '../../../../src/server/pages/events/csv.ts';
import { eventOf } from '../../../support/events/events.ts';

const AT = Date.UTC(2026, 10, 20, 10, 2, 3);

function lineOf(title: string, text: string | null = null): string {
  const event = eventOf('e1', { issueId: '1:a', at: AT, title, text, culprit: null, user: null, release: '1.4.2' });
  return csvLine({ ...event, environment: 'production', project: 'shop' });
}

describe('events as CSV', () => {
  it('are lines of RFC 4180', () => {
    assert.equal(CSV_HEAD, 'time,level,project,title,culprit,environment,release,user,issue,event,text\r\n');
    assert.equal(
      lineOf('a "quoted", text', 'one\ntwo'),
      '2026-11-20T10:02:03.000Z,error,shop,"a ""quoted"", text",,production,1.4.2,,1:a,e1,"one\ntwo"\r\n',
    );
    assert.match(lineOf('课程 résumé \u{1F600}'), /,课程 résumé \u{1F600},/u);
    assert.match(lineOf('half \ud800 letter'), /,half \ufffd letter,/);
    assert.equal(csvNote('Cut, here.'), '"Cut, here.",,,,,,,,,,\r\n');
  });

  it('are no formulas', () => {
    for (const title of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\uFF1D1', '-----'])
      assert.ok(lineOf(title).includes(`,'${title},`), JSON.stringify(title));
    assert.ok(lineOf('\r=1').includes(`,"'\r=1",`));
    assert.ok(lineOf('=HYPERLINK("http://example.com")').includes(`,"'=HYPERLINK(""http://example.com"")",`));
    for (const title of ["'=1", 'a=1', '1-1', '<--']) assert.ok(lineOf(title).includes(`,${title},`), title);
  });
});
