import assert from 'node:assert/strict';
import { isOfFile, wordsOf } from '../../../src/integrations/intakes/file/trouble.ts';
import { wordsOf as wordsOfArchive } from '../../../src/integrations/intakes/papertrail/trouble.ts';
import { triedText } from '../../../src/integrations/intakes/sqs/trial.ts';
import { lostTimings } from '../../../src/integrations/vendors/logs/remarks.ts';
import { Broken } from '../../../src/integrations/vendors/logs/unpack.ts';

const failed = (code: unknown): Error => Object.assign(new Error('x'), { code });

describe('trouble of an intake, for people', () => {
  it('of files has the first with its code where nothing better is known, and how many others there are', () => {
    const one = { path: '/var/log/a.log', error: failed('EIO') };
    const other = { path: '/var/log/b.log', error: failed('EINVAL') };
    assert.equal(wordsOf([one]), '/var/log/a.log cannot be read (EIO)');
    assert.equal(
      wordsOf([other, one, one]),
      '/var/log/b.log is no regular file; name the log itself, not its folder, a pipe or a device; and so 2 more',
    );
    assert.deepEqual([failed('EIO'), failed('Z_BUF_ERROR'), failed(5), failed('ERR_X')].map(isOfFile), [
      ...[true, true, false, false],
    ]);
  });

  it('of archives is what is known of a refusal, else its name and words without secrets, on one line', () => {
    const said = (error: unknown): string => wordsOfArchive(error, (text) => text.replaceAll('s3cret', '…'));
    assert.equal(said(new Broken('it is not there')), 'it is not there');
    assert.equal(said({ name: 'NoSuchBucket', message: 'x' }), 'there is no such bucket');
    assert.equal(said({ name: 'SlowDown', message: 'not s3cret\n now' }), 'S3 does not give it: SlowDown, not … now');
    assert.equal(said({}), 'S3 does not give it: Error');
    assert.equal(said(new Error('Region is missing')), 'there is no region; set AWS_REGION to that of the bucket');
  });

  it('of durations says how many are not kept', () =>
    assert.deepEqual(lostTimings(7), {
      place: 'its end',
      reason: '7 durations have more names than are kept; a pattern of timings may take an id for a name',
      text: '',
    }));
});

describe('an error that is tried', () => {
  it('has an environment where one is given', () => {
    const tried = { id: 'a'.repeat(32), at: 0, type: 'TypeError', value: 'x' };
    const tags = (environment?: string) => (JSON.parse(triedText({ ...tried, environment })) as { tags: unknown }).tags;
    assert.deepEqual(tags(), [{ key: 'level', value: 'error' }]);
    assert.deepEqual(tags('production'), [
      { key: 'level', value: 'error' },
      { key: 'environment', value: 'production' },
    ]);
  });
});
