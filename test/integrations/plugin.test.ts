import assert from 'node:assert/strict';
import { SettingsError } from '../../src/config/schema.ts';
import type { Filter } from '../../src/core/model/filter.ts';
import { type Deps, plugin } from '../../src/integrations/plugin.ts';
import { KEY, schema } from '../support/config/acme-settings.ts';

const deps = {} as Deps;

describe('a plug-in', () => {
  const acme = { name: 'crm' } as Filter;
  const made = plugin({
    settings: schema,
    wantedBy: ['ACME_TOKEN'],
    create: (settings, given, name) => ({ settings, given, name }),
    vet: (filters, { rows }) =>
      filters.map(({ name }) => ({ filter: name, key: 'tags' as const, text: `more than ${rows}; remove some` })),
  });

  it('is read: what it must not say and what it objects to are known before it is made', () => {
    const { secrets, vet } = made.read({ ACME_TOKEN: KEY, ACME_SPARE: 'x' });
    assert.deepEqual(secrets, [KEY, 'x']);
    assert.deepEqual(vet([acme]), [{ filter: 'crm', key: 'tags', text: 'more than 5; remove some' }]);
  });

  it('is made from its settings, under its name, with its listeners', () => {
    const heard = plugin({
      settings: schema,
      wantedBy: [],
      create: (settings, given, name) => ({ settings, given, name }),
      listeners: ({ name }) => [{ name: `${name}-listener` }],
    });
    const { part, listeners } = heard.read({ ACME_TOKEN: KEY }).create(deps, 'acme-eu');
    assert.equal(part.name, 'acme-eu');
    assert.equal(part.given, deps);
    assert.equal(part.settings.rows, 5);
    assert.deepEqual(listeners, [{ name: 'acme-eu-listener' }]);
    assert.deepEqual(made.read({ ACME_TOKEN: KEY }).create(deps, 'acme-eu').listeners, []);
  });

  it('names its variables and what it is wanted by', () => {
    assert.deepEqual(
      made.variables.map(({ env }) => env),
      ['ACME_TOKEN', 'ACME_URL', 'ACME_ROWS', 'ACME_SPARE'],
    );
    assert.deepEqual(made.wantedBy, ['ACME_TOKEN']);
  });

  it('cannot be made when a setting is wrong', () => {
    assert.throws(
      () => made.read({ ACME_ROWS: 'x' }),
      (error) => {
        assert.ok(error instanceof SettingsError);
        assert.deepEqual(
          error.faults.map(({ variable }) => variable),
          ['ACME_TOKEN', 'ACME_ROWS'],
        );
        return true;
      },
    );
  });

  it('has no objections unless it says so', () => {
    const calm = plugin({ settings: schema, wantedBy: [], create: () => 1 });
    assert.deepEqual(calm.read({ ACME_TOKEN: KEY }).vet([acme]), []);
  });
});
