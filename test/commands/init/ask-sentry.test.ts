import assert from 'node:assert/strict';
import { createAnswers, Refused } from '../../../src/commands/init/answers.ts';
import { askSentry } from '../../../src/commands/init/ask-sentry.ts';
import type { Asker } from '../../../src/commands/init/asker.ts';
import { TOKEN, worldOf } from '../../app/fake-world.ts';
import { mockAlways, type Reply } from '../../support/build/http-mock.ts';
import { createClock } from '../../support/time/clock.ts';

const SENTRY = 'https://sentry.example.com';

/** The first two variables that a person is asked for, who answers nothing new. */
async function askedAfter(projects: Reply): Promise<readonly string[]> {
  mockAlways(`${SENTRY}/api/0/organizations/globex/projects/`, () => true, projects);
  mockAlways(`${SENTRY}/api/0/organizations/`, () => true, { status: 403, body: { detail: 'No.' } });
  const asked: string[] = [];
  const answer = async (question: string): Promise<string> => {
    if (asked.push(/\(([A-Z_]+)\)/.exec(question)![1]!) === 2) throw new Refused('that is enough');
    return '';
  };
  const asker: Asker = { ask: answer, askSecret: answer, close: () => undefined };
  const world = { ...worldOf().world, ...createClock((ms) => ms >= 30_000) };
  const desk = { world, asker, say: () => undefined };
  const given = { SENTRY_URL: SENTRY, SENTRY_ORG: 'globex', SENTRY_AUTH_TOKEN: TOKEN };
  await assert.rejects(askSentry(createAnswers(given, desk), desk), Refused);
  return asked;
}

describe('init, where Sentry does not tell', () => {
  it('asks for organization and address when there is no such organization, and no other to offer', async () => {
    const asked = await askedAfter({ status: 404, body: { detail: 'The requested resource does not exist' } });
    assert.deepEqual(asked, ['SENTRY_ORG', 'SENTRY_URL']);
  });

  it('asks for the token when it may not read', async () => {
    const asked = await askedAfter({ status: 403, body: { detail: 'You do not have permission.' } });
    assert.deepEqual(asked, ['SENTRY_AUTH_TOKEN', 'SENTRY_AUTH_TOKEN']);
  });
});
