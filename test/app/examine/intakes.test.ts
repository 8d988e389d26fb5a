import assert from 'node:assert/strict';
import { intakesCheck } from '../../../src/app/examine/intakes.ts';
import type { Finding } from '../../../src/core/ports/finding.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { scopeOf } from '../../support/build/scope.ts';

describe('doctor, of intakes that are named like a project', () => {
  const sourceOf = (name: string, projects?: () => Promise<readonly string[]>): Source => ({
    name,
    prepare: async () => [],
    async *read() {},
    ...(projects && { projects: async () => (await projects()).map((slug) => ({ slug, teams: [] })) }),
  });
  const found = async (names: readonly string[], ...sources: readonly Source[]): Promise<readonly Finding[]> => {
    const exam = { filters: [], disk: { statSync: () => assert.fail(), accessSync: () => undefined }, thorough: true };
    const all = intakesCheck(names, sources).map(({ run }) => Array.fromAsync(run({ ...exam, scope: scopeOf() })));
    return (await Promise.all(all)).flat();
  };

  it('warns of each, by the source that has it, and not of the intakes themselves', async () => {
    const [sentry, events] = ['sentry', 'events'].map((name) => sourceOf(name, async () => ['shop', 'web']));
    assert.deepEqual(await found(['shop', 'logs'], sentry!, events!, sourceOf('other')), [
      {
        check: 'intakes',
        status: 'warning',
        say:
          'sentry has a project named shop too, and filters that name it read the intake; rename the intake, ' +
          'or write source: sentry into filters that mean the project',
      },
    ]);
  });

  it('asks nobody when there are none, and leaves it to the source to say that it cannot be asked', async () => {
    const broken = sourceOf('sentry', () => Promise.reject(new Error('away')));
    assert.deepEqual(intakesCheck([], [broken]), []);
    assert.deepEqual(await found(['shop'], broken), []);
  });
});
