import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { bucketContract } from '../../../support/backup/bucket.ts';
import { programOf, REAL, type RealServer } from '../../../support/intakes/real-servers.ts';
import { notRun } from '../../../support/process/tools.ts';

const KEYS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret',
};
const TITLE = 'copies in a bucket of moto';
const moto = REAL.find(({ name }) => name === 'moto')!;
const program = await programOf(moto);

if ('why' in program) notRun(TITLE, program.why);
else
  describe(TITLE, function () {
    this.timeout(240_000);
    let server: RealServer;
    before(async () => {
      Object.assign(process.env, KEYS);
      server = await moto.start(program.path);
      process.env['AWS_ENDPOINT_URL'] = server.url;
      const s3 = new S3Client({ endpoint: server.url, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: 'acme-backups' }));
      s3.destroy();
    });
    after(() => {
      for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
      server.close();
    });

    bucketContract(() => server);
  });
