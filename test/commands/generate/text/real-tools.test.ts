import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOLDEN, made } from '../../../support/generate/golden-files.ts';
import { pintObjections } from '../../../support/generate/pint.ts';
import { itWith, newerTool, objectionsOf, toolHere } from '../../../support/process/tools.ts';
import { folder } from '../../../support/process/temp-folder.ts';

describe('what is generated, judged by the tools of its readers', () => {
  itWith('promtool 3', newerTool('promtool'), 'takes the rules, and they pass their own tests', async (promtool) => {
    const rules = folder({
      'prometheus-rules.yaml': await made('prometheus-rules.yaml'),
      'test.yaml': readFileSync(join(GOLDEN, 'prometheus-rules-test.yaml'), 'utf8'),
    });
    for (const how of ['check', 'test'])
      assert.equal(
        await objectionsOf(promtool, [how, 'rules', how === 'check' ? 'prometheus-rules.yaml' : 'test.yaml'], {
          cwd: rules.path,
          quiet: true,
        }),
        '',
      );
    rules.remove();
  });

  itWith('pint', toolHere('pint'), 'finds nothing in the rules', async (pint) =>
    assert.equal(await pintObjections(pint), ''),
  );

  itWith('tflint', toolHere('tflint'), 'finds nothing in the alerts, hostile names and all', async (tflint) => {
    const alerts = folder({ 'main.tf': await made('newrelic-alerts.tf') });
    assert.equal(await objectionsOf(tflint, ['--format=compact'], { cwd: alerts.path }), '');
    alerts.remove();
  });

  itWith('tflint', toolHere('tflint'), 'would say what it misses', async (tflint) => {
    const text = (await made('newrelic-alerts.tf')).replace(/^ +required_version.*\n/m, '');
    const alerts = folder({ 'main.tf': text });
    assert.match(await objectionsOf(tflint, ['--format=compact'], { cwd: alerts.path }), /required_version/);
    alerts.remove();
  });

  itWith(
    'dashboard-linter',
    toolHere('dashboard-linter'),
    'finds nothing in the dashboard for Grafana',
    async (linter) => {
      const dashboard = folder({ 'dashboard.json': await made('grafana-dashboard.json') });
      const args = ['lint', '--strict', 'dashboard.json'];
      assert.equal(await objectionsOf(linter, args, { cwd: dashboard.path, quiet: true }), '');
      dashboard.remove();
    },
  );
});
