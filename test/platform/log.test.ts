import assert from 'node:assert/strict';
import { createLog } from '../../src/platform/log.ts';
import { createRedactor } from '../../src/platform/redact.ts';

function write(
  format: 'json' | 'pretty',
  level = 'info',
  secrets: readonly string[] = [],
): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return {
    lines,
    log: createLog({ level, format, server: 'host-1' }, createRedactor(secrets), { write: (line) => lines.push(line) }),
  };
}

describe('the log', () => {
  it('is one JSON object a line, with server, level and time', () => {
    const { lines, log } = write('json');
    log.warn({ filter: 'crm', n: 3 }, 'gap');
    const { time, ...rest } = JSON.parse(lines[0]!) as Record<string, unknown>;
    assert.deepEqual(rest, { level: 40, server: 'host-1', filter: 'crm', n: 3, msg: 'gap' });
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(lines[0]!.endsWith('}\n'));
  });

  it("carries a run's id on every line of its child", () => {
    const { lines, log } = write('json');
    log.child({ run: 'r-1' }).child({ sink: 's' }).error({}, 'x');
    const line = JSON.parse(lines[0]!) as Record<string, unknown>;
    assert.deepEqual([line['run'], line['sink'], line['level']], ['r-1', 's', 50]);
  });

  it('leaves out what is below its level', () => {
    const { lines, log } = write('json', 'warn');
    log.info({}, 'no');
    log.debug({}, 'no');
    assert.deepEqual(lines, []);
  });

  for (const format of ['json', 'pretty'] as const) {
    it(`shows no secret in any field or text (${format})`, () => {
      const { lines, log } = write(format, 'info', ['abc/def+ghi"']);
      log
        .child({ run: 'abc/def+ghi"' })
        .info({ url: '?token=abc%2Fdef%2Bghi%22', deep: { list: ['abc/def+ghi"'] } }, 'says abc/def+ghi"');
      const all = lines.join('');
      assert.ok(all.includes('***'));
      assert.ok(!/abc.{0,3}def/.test(all), all);
    });
  }

  it('has coloured lines for people', () => {
    const { lines, log } = write('pretty');
    log.info({ filter: 'crm' }, 'delivered');
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /INFO.*delivered/);
    assert.ok(!lines[0]!.startsWith('{'));
  });
});
