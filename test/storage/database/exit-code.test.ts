import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const CLUSTER = pathToFileURL('test/support/ledger/cluster.ts').href;

describe('a program that has a PostgreSQL of the tests', () => {
  for (const code of [0, 3])
    it(`ends with its own exit code ${code}`, async () => {
      const text = `await import(${JSON.stringify(CLUSTER)}); process.exitCode = ${code};`;
      const args = ['--input-type=module', '--eval', text];
      const seen = await new Promise((done) => execFile(process.execPath, args, (error) => done(error?.code ?? 0)));
      assert.equal(seen, code);
    });
});
