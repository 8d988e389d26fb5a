import { checkMocks, dropMocks, watchMocks } from './build/http-mock.ts';
import { stopPostgres } from './ledger/postgres.ts';

/** Nothing in the tests leaves this machine; the sandbox and the service listen on loopback. */
export const mochaHooks = {
  beforeAll(): void {
    watchMocks();
  },
  /** NOTE: not in an afterEach: a hook that fails ends the whole run, this way only its own test fails. */
  beforeEach(this: Mocha.Context): void {
    const test = this.currentTest;
    const body = test?.fn as ((this: Mocha.Context) => unknown) | undefined;
    if (test === undefined || body === undefined || body.length > 0) return;
    test.fn = async function checked(this: Mocha.Context): Promise<void> {
      await body.call(this);
      checkMocks();
    };
  },
  afterEach(): void {
    dropMocks();
  },
  afterAll: stopPostgres,
};
