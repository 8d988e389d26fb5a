import assert from 'node:assert/strict';
import { assemble } from '../../../src/app/assemble.ts';
import { StartError } from '../../../src/app/start-error.ts';
import { worldOf } from '../fake-world.ts';
import { KEYS, NO_SENTRY } from '../parts-world.ts';

const LEDGER = { LEDGER_URL: 'sqlite:ledger.db' };
const SHOP = 'intakes: { shop: { sqs: "https://sqs.us-east-1.amazonaws.com/123456789012/events", tries: 3 } }\n';
const filter = (keys: string): string => `filters:\n  - { name: f1, ${keys} }\n  - { name: f2, projects: [crm-web] }\n`;

const start = (text: string, env: Record<string, string> = {}) =>
  assemble(worldOf({ ...KEYS, ...LEDGER, ...env }, { 'config/filters.yaml': text }).world);

function faultsOf(text: string, env: Record<string, string> = {}): readonly string[] {
  try {
    return start(text, env).filters.faults.map((fault) => `${fault.where}: ${fault.text}`);
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return error.faults;
  }
}

describe('intakes that a file sets up', () => {
  it('are projects of filters, which are read out of the event store; others as ever', () => {
    const program = start(SHOP + filter('projects: [shop]'));
    assert.deepEqual(
      program.filters.filters.map((it) => [it.name, it.source, program.sourceOf(it).name]),
      [
        ['f1', 'events', 'events'],
        ['f2', undefined, 'sentry'],
      ],
    );
  });

  it('win over projects of a Sentry with the same name, unless the filter names its source', () => {
    const program = start(SHOP + filter('projects: [shop], source: sentry'));
    assert.equal(program.sourceOf(program.filters.filters[0]!).name, 'sentry');
  });

  it('want no Sentry where nothing reads it', () => {
    const text = `${SHOP}filters: [{ name: f1, projects: [shop] }]\n`;
    assert.deepEqual(
      start(text, NO_SENTRY).sources.map(({ name }) => name),
      ['events'],
    );
  });

  it('want a ledger', () => {
    const faults = faultsOf(SHOP + filter('projects: [shop]'), { LEDGER_URL: '' });
    assert.deepEqual(faults, ['LEDGER_URL: is not set, and intakes (shop) keep their events in a ledger']);
  });

  it('and projects of Sentry are not for one filter', () => {
    assert.deepEqual(faultsOf(SHOP + filter('projects: [shop, crm-web]')), [
      'config/filters.yaml:3: projects: shop is an intake and crm-web is none; a filter reads projects of one kind: make two filters of it',
    ]);
  });

  it('have no search of Sentry’s own', () => {
    const [fault] = faultsOf(SHOP + filter("projects: [shop], query: 'release:1.4.*'"));
    assert.match(fault!, /^config\/filters\.yaml:3: query: events of intakes have no search of that kind/);
  });

  it('with faults are told with file and line', () => {
    const bad = SHOP.replace('tries: 3', 'tries: many, colour: red');
    assert.deepEqual(
      faultsOf(bad + filter('projects: [shop]')).map((fault) => fault.split(':').slice(0, 3).join(':')),
      [
        'config/filters.yaml:1: tries',
        'config/filters.yaml:1: "colour" is not a key of sqs; write one of sqs, buckets, create, tries, timings, cases',
      ],
    );
  });

  it('are loaded only where a file sets one up', () => {
    const program = start(filter('projects: [crm-web]'));
    assert.deepEqual(
      program.sources.map(({ name }) => name),
      ['sentry'],
    );
  });
});
