import assert from 'node:assert/strict';
import { chooseSinks } from '../../src/app/choose-sinks.ts';
import type { Plugin } from '../../src/integrations/plugin.ts';

describe('the choice of sinks', () => {
  const sink = (...wantedBy: string[]): Plugin<unknown> => ({
    variables: [],
    keys: [],
    wantedBy,
    judge: () => ({ faults: [], warnings: [] }),
    read: () => assert.fail('read'),
  });
  const registry = { newrelic: sink('NR_ID', 'NR_KEY'), anodot: sink('AN_TOKEN'), stdout: sink() };
  const NONE = {
    variable: 'SINKS',
    text: 'no sink is configured; set NR_ID and NR_KEY, or AN_TOKEN, or DRY_RUN=true to send nothing',
  };
  const choose = (requested: readonly string[] | undefined, env: Record<string, string>, dryRun = false) =>
    chooseSinks(requested, { registry, env }, dryRun);

  it('falls on those with any of their variables set', () => {
    assert.deepEqual(choose(undefined, { AN_TOKEN: 'x' }), { names: ['anodot'], faults: [] });
    assert.deepEqual(choose(undefined, { AN_TOKEN: 'x', NR_KEY: 'x' }), { names: ['newrelic', 'anodot'], faults: [] });
    assert.deepEqual(choose(undefined, { AN_TOKEN: '', NR_ID: '1' }), { names: ['newrelic'], faults: [] });
  });

  it('follows SINKS', () => {
    assert.deepEqual(choose(['anodot', 'stdout'], { AN_TOKEN: 'x', NR_ID: '1', NR_KEY: 'x' }), {
      names: ['anodot', 'stdout'],
      faults: [],
    });
  });

  it('refuses names that are unknown or not configured', () => {
    assert.deepEqual(choose(['anodot', 'pager', 'constructor', 'newrelic'], { AN_TOKEN: 'x' }, true), {
      names: ['anodot'],
      faults: [
        {
          variable: 'SINKS',
          text:
            '"pager" is not a sink; write some of newrelic, anodot, stdout; and "constructor" is not a sink; ' +
            'write some of newrelic, anodot, stdout; and names newrelic, which is not configured; set NR_ID and NR_KEY, or remove newrelic',
        },
      ],
    });
  });

  it('refuses a single unknown name', () => {
    assert.deepEqual(
      choose(['pager'], {}, true).faults.map(({ text }) => text),
      ['"pager" is not a sink; write some of newrelic, anodot, stdout'],
    );
  });

  it('refuses none at all, unless nothing is to be sent', () => {
    assert.deepEqual(choose(undefined, {}), { names: [], faults: [NONE] });
    assert.deepEqual(choose([], { NR_ID: '' }), { names: [], faults: [NONE] });
    assert.deepEqual(choose(undefined, {}, true), { names: [], faults: [] });
  });
});
