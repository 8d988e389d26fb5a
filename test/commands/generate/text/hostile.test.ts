import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { grafanaDashboard } from '../../../../src/commands/generate/text/prometheus/grafana-dashboard.ts';
import { conditionsOf } from '../../../../src/commands/generate/text/conditions/index.ts';
import { newrelicAlerts } from '../../../../src/commands/generate/text/newrelic/alerts.ts';
import { newrelicDashboards } from '../../../../src/commands/generate/text/newrelic/dashboard.ts';
import { prometheusRules } from '../../../../src/commands/generate/text/prometheus/rules.ts';
import { markdown, markdownLink } from '../../../../src/commands/generate/text/newrelic/markdown.ts';
import { nrqlText } from '../../../../src/commands/generate/text/newrelic/nrql.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { parseNrql } from '../../../support/generate/nrql.ts';
import { plainText, resourcesIn } from '../../../support/generate/terraform.ts';
import { rulesOf } from '../../../support/rules/rules.ts';

/** Pieces that mean something to somebody, between any characters. */
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '`',
        '\\',
        '${',
        '$${',
        '$$${',
        '%{',
        '%%{',
        '{',
        '{{',
        '}}',
        '\n',
        '\r',
        '\t',
        '\u2028',
        '\u0000',
        '#',
        ': ',
        '- ',
        '*/',
        '<script>',
        '](',
        '{{x}}',
        '\\u0041',
        'EOF',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').toWellFormed());

describe('texts of the filters file, whatever is in them', () => {
  it('stay texts in Terraform, and no line of a comment becomes code', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, HOSTILE, HOSTILE, async (team, label, note) => {
        const runbook = `https://wiki.example.com/${label.replaceAll(/\s/g, '')}`;
        const text = newrelicAlerts(
          conditionsOf([filterOf({ team, labels: { label }, runbook, untold: rulesOf(['incomplete for 15m']) })]),
          [note],
        );
        const { newrelic_nrql_alert_condition: found } = await resourcesIn(text);
        assert.deepEqual(Object.keys(found!).toSorted(), [
          'filters_faulty',
          'messages_lost',
          'missing_crm-checkout',
          'runs_failed',
          'runs_incomplete',
          'runs_missing',
          'windows_behind',
        ]);
        const { description, runbook_url } = found!['missing_crm-checkout']![0]!;
        // NOTE: Terraform keeps its texts in Unicode's normal form C.
        assert.equal(plainText(runbook_url), runbook.normalize('NFC'));
        const read = plainText(description);
        assert.ok(!read.includes('{{'), 'New Relic would fill it in');
        assert.equal(
          read.replaceAll(' ', ''),
          `Team ${team}\nProjects crm-web\nlabel: ${label}`.normalize('NFC').replaceAll(' ', ''),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('stay texts in JSON, and change no query', () => {
    const plain = queriesIn(newrelicDashboards([filterOf({ team: 'crm' })], { account: 1, notes: [] })[0]!);
    fc.assert(
      fc.property(HOSTILE, HOSTILE, (team, note) => {
        const text = newrelicDashboards([filterOf({ team, labels: { note } })], { account: 1, notes: [note] })[0]!;
        const { pages, description } = JSON.parse(text) as { pages: { name: string }[]; description: string };
        assert.equal(pages[0]!.name, team);
        assert.ok(description.endsWith(` ${note}`));
        assert.deepEqual(queriesIn(text), plain);
        assert.ok((JSON.parse(grafanaDashboard([note])) as { description: string }).description.endsWith(` ${note}`));
      }),
      { numRuns: 300 },
    );
  });

  it('stay comments in YAML', () => {
    const plain: unknown = parseDocument(prometheusRules(conditionsOf([]), [])).toJS();
    fc.assert(
      fc.property(HOSTILE, (note) => {
        const doc = parseDocument(prometheusRules(conditionsOf([]), [note]));
        assert.deepEqual([doc.errors, doc.toJS()], [[], plain]);
      }),
      { numRuns: 300 },
    );
  });

  it('stay texts in NRQL', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        assert.deepEqual(parseNrql(`SELECT count(*) FROM X WHERE a = ${nrqlText(text)} AND b = 1`).where, [
          { attribute: 'a', op: '=', values: [text] },
          { attribute: 'b', op: '=', values: [1] },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('mean nothing in Markdown: no link, no emphasis, no HTML, no second line', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const bare = markdown(text).replaceAll(/\\[\\`*_[\]#!|~]/g, '');
        assert.ok(!/[\\`*_[\]#!|~<>\n\r\u2028]/.test(bare), bare);
        assert.ok(!/&(?!amp;|lt;|gt;)/.test(bare), bare);
        const link = markdownLink(text, `https://wiki.example.com/${text.replaceAll(/\s/g, '')}`);
        assert.match(link, /\]\(https:\/\/wiki\.example\.com\/[^()<>\s\\]*\)$/);
      }),
      { numRuns: 500 },
    );
    assert.equal(markdown('a [b](c) <d> `e` *f* & g_h'), 'a \\[b\\](c) &lt;d&gt; \\`e\\` \\*f\\* &amp; g\\_h');
    assert.equal(
      markdownLink('x', 'https://wiki.example.com/a(b)?q="${x}"'),
      '[x](https://wiki.example.com/a%28b%29?q=%22${x}%22)',
    );
  });
});

function queriesIn(dashboard: string): readonly string[] {
  return [...dashboard.matchAll(/^ +"query": (.*)$/gm)].map(([, query]) => query!);
}
