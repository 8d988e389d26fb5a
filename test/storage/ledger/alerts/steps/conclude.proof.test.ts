import { cutBy } from '../../../../support/alerting/large-windows.ts';
import { KINDS } from '../../../../support/ledger/ledgers.ts';

describe('a large window, cut after each of its statements', function () {
  this.timeout(900_000);

  for (const { kind, open } of KINDS)
    it(`tells nobody of a part, and the next decision brings the rest, in ${kind}`, async () => {
      const box = await open();
      try {
        await cutBy([...Array(60).keys()], box);
      } finally {
        await box.close();
      }
    });
});
