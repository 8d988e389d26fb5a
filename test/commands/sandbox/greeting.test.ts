import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { greeting } from '../../../src/commands/sandbox/greeting.ts';

/** As the sandbox has them; what the greeting does not name is not there. */
function sandboxOf(slugs: readonly string[]): Sandbox {
  const addresses = {
    slackApi: 'http://h/slack',
    smtp: 'smtp://h:25?a&b',
    teams: 'http://h/teams',
    discord: 'http://h/d',
  };
  return {
    ...{ url: 'http://127.0.0.1:9', sentryUrl: 'http://127.0.0.1:9/sentry', addresses },
    keys: { sentryOrg: 'acme', sentryToken: 'token', dsnKey: 'key' },
    world: { projects: () => slugs.map((slug, index) => ({ slug, id: String(index + 1) })) },
  } as unknown as Sandbox;
}
const lines = (filters: string | undefined, slugs = ['web', 'api']): readonly string[] =>
  greeting(sandboxOf(slugs), filters).split('\n');

describe('what the sandbox says first', () => {
  it('is a text for .env, with values quoted where a shell would read them otherwise', () => {
    const all = lines(undefined);
    for (const line of ['SENTRY_URL=http://127.0.0.1:9/sentry', "SMTP_URL='smtp://h:25?a&b'", '# Projects: web, api'])
      assert.ok(all.includes(line), line);
    assert.ok(!all.some((line) => line.startsWith('FILTERS')));
    assert.ok(all.includes('# For simulate:  --dsn http://key@127.0.0.1:9/1'));
  });

  it('has the filters that were given', () => {
    assert.ok(lines('config/filters.yaml').includes('FILTERS=config/filters.yaml'));
    assert.ok(lines('my filters.yaml').includes("FILTERS='my filters.yaml'"));
  });
});
