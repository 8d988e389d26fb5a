import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GAP_REASONS } from '../../../src/core/model/gap.ts';
import { RUN_ENDS } from '../../../src/core/model/verdict.ts';
import { anchorOfFault, anchorOfReceipt } from '../../../src/server/reasons/anchor-of.ts';
import { ROWS, see } from '../../../src/server/reasons/see.ts';

const ROOT = join(import.meta.dirname, '../../..');
const DOC = readFileSync(join(ROOT, 'docs/faults.md'), 'utf8');
/** Where sentences about requests are made, which answers and the log show. */
const SPEAKERS = [
  'src/platform/http',
  'src/core/model',
  'src/core/delivery',
  'src/integrations/sources/sentry/api',
  'src/integrations/sources/sentry/events',
  'src/integrations/sources/sentry/issues',
  'src/integrations/sources/sentry/table',
];

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts'));
}

/** What stands behind a service's name in a sentence, up to what varies. */
function sentences(): readonly string[] {
  return SPEAKERS.flatMap((folder) =>
    filesIn(folder).flatMap((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      return [...text.matchAll(/`\$\{[\w.]*(?:service|name|NAME)\}: ([^`$;(]+)/g)].map(([, said]) =>
        said!
          .split(/: (?=$)|, so /)[0]!
          .trim()
          .replace(/[,:]$/, ''),
      );
    }),
  );
}

describe('every reason', () => {
  it('of a gap, of a run that was cut, and of a backlog that was left has its row', () => {
    for (const reason of GAP_REASONS) assert.ok(Object.hasOwn(ROWS, `gap-${reason}`), reason);
    for (const end of RUN_ENDS) assert.ok(Object.hasOwn(ROWS, `ended-${end}`), end);
    for (const stop of [...RUN_ENDS, 'trouble', 'ledger']) assert.ok(Object.hasOwn(ROWS, `stopped-${stop}`), stop);
  });

  it('of a refusal too: each status that a problem is told with', () => {
    const text = readFileSync(join(ROOT, 'src/server/http/responses.ts'), 'utf8');
    const statuses = [...text.matchAll(/^  (\d{3}): '/gm)].map(([, status]) => status!);
    assert.ok(statuses.length >= 12);
    for (const status of statuses) assert.ok(Object.hasOwn(ROWS, `http-${status}`), status);
  });

  it('stands in docs/faults.md once, with its anchor and all of its words', () => {
    const lines = DOC.split('\n');
    for (const [anchor, { seen, means, todo }] of Object.entries(ROWS)) {
      const rows = lines.filter((line) => line.includes(`<a id="${anchor}"></a>`));
      assert.deepEqual(rows, [`| <a id="${anchor}"></a>${seen} | ${means} | ${todo} |`]);
    }
    const ids = [...DOC.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);
    assert.equal(new Set(ids).size, ids.length, 'no anchor stands twice');
  });

  it('is a row of one line, without what would break a table', () => {
    for (const row of Object.values(ROWS))
      for (const text of [row.seen, row.means, row.todo]) assert.match(text, /^[^|\n]+$/);
  });

  it('that a request fails for is told in docs/faults.md in the same words', () => {
    const said = sentences();
    assert.ok(said.length > 15, `${said.length} sentences were found`);
    const known = DOC.split('\n## Which fault it was\n')[1]!;
    assert.deepEqual(
      said.filter((words) => !known.includes(words)),
      [],
    );
  });
});

describe('the row of', () => {
  const none = { refused: [], uncertain: 0, failed: 0 };

  it('a sink is that of the worst that became of its items', () => {
    const refused = [{ key: 'k', why: 'w' }];
    assert.equal(anchorOfReceipt(none), null);
    assert.equal(anchorOfReceipt({ ...none, failed: 1, refused, error: 'one: down' }), 'sink-failed');
    assert.equal(anchorOfReceipt({ ...none, failed: 1, uncertain: 1, refused, error: 'one: down' }), 'sink-uncertain');
    assert.equal(anchorOfReceipt({ ...none, refused }), 'sink-refused');
    assert.equal(anchorOfReceipt({ ...none, error: 'one: cannot encode: x' }), 'sink-failed');
    assert.equal(anchorOfReceipt({ ...none, error: 'x', reason: 'ledger' }), 'sink-waits');
    assert.equal(anchorOfReceipt({ ...none, error: 'not sent: the ledger is locked (LEDGER_ON_ERROR)' }), 'sink-waits');
  });

  it('a filter that was not read is that of its words', () => {
    assert.equal(anchorOfFault('sentry: answered 401'), 'filter-not-read');
    assert.equal(anchorOfFault("the run's deadline passed (RUN_DEADLINE_SECONDS)"), 'ended-deadline');
    assert.equal(anchorOfFault('crm.yaml:3: filter a: none of its projects can be read: x'), 'no-project-left');
  });

  it('anything is an address within the documentation, and a path of the server', () =>
    assert.equal(see('gap-source_silent'), 'docs/faults.md#gap-source_silent'));
});
