import assert from 'node:assert/strict';
import { listenTrouble } from '../../src/server/listen-trouble.ts';

describe('a port that cannot be listened on', () => {
  const said = (code: string | undefined) => {
    const error = Object.assign(new Error('odd'), code === undefined ? {} : { code });
    const { variable, text, isTaken = false } = listenTrouble(error, { host: '127.0.0.1', port: 80 });
    return [variable, isTaken, text];
  };

  it('says which variable is to be changed, and how', () => {
    const denied = '80 is not for this user (EACCES); choose one from 1024 on, or allow it (CAP_NET_BIND_SERVICE)';
    const taken = '80 on 127.0.0.1 is taken by another process (EADDRINUSE); stop it, or choose another port';
    const absent = '127.0.0.1 is no address of this machine (EADDRNOTAVAIL); write one that is, 127.0.0.1 or 0.0.0.0';
    assert.deepEqual(said('EACCES'), ['PORT', false, denied]);
    assert.deepEqual(said('EADDRINUSE'), ['PORT', true, taken]);
    assert.deepEqual(said('EADDRNOTAVAIL'), ['HOST', false, absent]);
    assert.equal(said('ENOTFOUND')[0], 'HOST');
    for (const code of ['EODD', undefined]) assert.deepEqual(said(code), ['PORT', false, 'cannot be listened on: odd']);
  });
});
