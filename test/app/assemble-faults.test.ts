import assert from 'node:assert/strict';
import { assemble } from '../../src/app/assemble.ts';
import { StartError } from '../../src/app/start-error.ts';
import { worldOf } from './fake-world.ts';

function faultsOf(env: Record<string, string>, files?: Record<string, string>): readonly string[] {
  try {
    assemble(worldOf(env, files).world);
  } catch (error) {
    if (error instanceof StartError) return error.faults;
    throw error;
  }
  return [];
}

describe('parts that cannot be made', () => {
  it('correct only sinks that are enabled and can be corrected', () => {
    const ledger = { LEDGER_URL: 'sqlite:x.db' };
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'newrelic,anodot' }), []);
    assert.deepEqual(faultsOf({ ...ledger, SINKS: 'anodot' }), [], 'the default may name a sink that is not enabled');
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'newrelic,statsd' }), [
      'RECOUNT_SINKS: "statsd" is no sink that is enabled; there are anodot, newrelic',
    ]);
    assert.deepEqual(faultsOf({ ...ledger, SINKS: 'anodot', RECOUNT_SINKS: 'newrelic' }), [
      'RECOUNT_SINKS: "newrelic" is no sink that is enabled; there are anodot',
    ]);
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'anodot', ANODOT_EVENTS_AS: 'gauge' }), [
      'RECOUNT_SINKS: anodot cannot be corrected: Anodot averages what a gauge gets twice; set ANODOT_EVENTS_AS=counter, or leave anodot out',
    ]);
  });

  it('say everything that is wrong at once: settings, source, sinks and filters', () => {
    const faults = faultsOf({ PORT: 'x', SENTRY_ORG: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_EVENTS_AS: 'sum' }, {});
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      ['PORT', 'SENTRY_ORG', 'ANODOT_EVENTS_AS', 'NEW_RELIC_LICENSE_KEY', 'config/filters.yaml'],
    );
  });

  it('without any sink say so, unless it is a dry run', () => {
    const none = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '', SINKS: '' };
    const filters = { 'config/filters.yaml': 'filters:\n  - { name: crm, projects: [crm-web] }\n' };
    assert.deepEqual(
      faultsOf(none, filters).map((fault) => fault.split(':')[0]),
      ['SINKS'],
    );
    assert.deepEqual(faultsOf({ ...none, DRY_RUN: 'true' }, filters), []);
  });

  it('of filters that a source or sink cannot serve name file and line', () => {
    const files = { 'config/filters.yaml': 'filters:\n  - name: crm\n    projects: [crm-web]\n    tags: [value]\n' };
    assert.deepEqual(faultsOf({}, files), [
      'config/filters.yaml:4: tags: the tag value would hide a field of ours in New Relic (value); leave it out',
    ]);
  });

  it('of a sink that a filter does not use do not ask that sink', () => {
    const files = {
      'config/filters.yaml':
        'filters:\n  - name: crm\n    projects: [crm-web]\n    tags: [value]\n    sinks: [anodot]\n',
    };
    assert.deepEqual(faultsOf({}, files), []);
  });

  it('leave an error of ours as it is', () => {
    const { world } = worldOf();
    assert.throws(
      () => assemble({ ...world, env: null as never }),
      (error: Error) => !(error instanceof StartError),
    );
  });
});
