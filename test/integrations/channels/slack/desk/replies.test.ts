import assert from 'node:assert/strict';
import type { PressedAt } from '../../../../../src/core/ports/alerting/desk.ts';
import { createDesk } from '../../../../../src/integrations/channels/slack/desk/index.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { mock } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';

const API = 'https://slack.example.com/api';
const SETTINGS = { channel: '#crm', token: 'xoxb-1', apiUrl: API, signingSecret: undefined, users: undefined };
const WHO = { id: 'U1', name: 'ann', isStranger: false };
const FITTED = { body: { text: 'x', blocks: [] }, leftOut: 0 };
const at = (given: Partial<PressedAt> = {}): PressedAt => ({
  ...{ team: null, channel: 'C1', ids: ['1.5'], answerUrl: null, ...given },
});
const answersAt = (path: string): string => `https://hooks.slack.com/${path}`;

describe('what Slack is answered about a message', () => {
  const desk = () => createDesk(SETTINGS, depsOf(), 'crm');
  const scope = scopeOf();

  it('goes to the address that came with it, else to the message by a method', async () => {
    mock({ method: 'POST', url: answersAt('one') }, { body: 'ok' });
    assert.deepEqual(await desk().change(at({ answerUrl: answersAt('one') }), FITTED, scope), { status: 'accepted' });
    const body = { channel: 'C1', ts: '1.5', text: 'x', blocks: [] };
    mock({ method: 'POST', url: answersAt('two') }, { status: 404, body: 'expired_url' });
    const [call] = [mock({ method: 'POST', url: `${API}/chat.update`, body }, { body: { ok: true } })];
    assert.equal((await desk().change(at({ answerUrl: answersAt('two') }), FITTED, scope)).status, 'accepted');
    assert.equal(call.length, 1);
  });

  it('goes nowhere where nobody says where the message is', async () => {
    const nowhere = { status: 'refused', why: 'crm: nobody says where' };
    assert.deepEqual(await desk().change(at({ ids: [] }), FITTED, scope), nowhere);
    assert.deepEqual(await desk().change(at({ channel: null }), FITTED, scope), nowhere);
    assert.deepEqual(await desk().whisper(at({ channel: null }), WHO, 'no', scope), nowhere);
  });

  it('is said to one person by a method where no address came, or one of somebody else', async () => {
    const section = { type: 'section', text: { type: 'plain_text', text: 'a < b', emoji: false } };
    const body = { channel: 'C1', user: 'U1', text: 'a &lt; b', blocks: [section] };
    const calls = mock(
      { method: 'POST', url: `${API}/chat.postEphemeral`, body },
      { body: { ok: true } },
      { body: { ok: true } },
    );
    for (const answerUrl of [null, 'https://evil.example.com/x'])
      assert.equal((await desk().whisper(at({ answerUrl }), WHO, 'a < b', scope)).status, 'accepted');
    assert.equal(calls.length, 2);
  });
});

describe('whether a message is ours', () => {
  const isAt = (given: Partial<PressedAt>, ref: string | null) =>
    createDesk(SETTINGS, depsOf(), 'crm').isAt(at(given), ref, scopeOf());

  it('is by its place, as far as both sides say it', async () => {
    const ref = 'C1/1.5/';
    for (const [given, isOurs] of [
      [{}, true],
      [{ ids: ['1.6'] }, false],
      [{ ids: [] }, true],
      [{ channel: 'C2' }, false],
      [{ channel: null }, true],
    ] as const)
      assert.equal(await isAt(given, ref), isOurs, JSON.stringify(given));
    assert.equal(await isAt({}, null), true);
  });

  it('is by its team, which is asked once, where Slack says it', async () => {
    const desk = createDesk(SETTINGS, depsOf(), 'crm');
    mock({ method: 'POST', url: `${API}/auth.test` }, { body: { ok: true, team_id: 'T1' } });
    const all = [];
    for (const team of ['T1', 'T2']) all.push(await desk.isAt(at({ team }), null, scopeOf()));
    assert.deepEqual(all, [true, false]);
    mock({ method: 'POST', url: `${API}/auth.test` }, { body: { ok: true } });
    assert.equal(await isAt({ team: 'T2' }, null), true);
  });
});
