import { enableCompileCache } from 'node:module';
import { checkMocks, dropMocks, watchMocks } from './build/http-mock.ts';
import { type Desk, openDesk } from './ledger/cluster.ts';
import { COMPILED, shareCompiled } from './process/processes.ts';

// NOTE: coverage of compiled code would be less exact.
if (process.env['NODE_V8_COVERAGE'] === undefined) enableCompileCache(COMPILED);
shareCompiled();

/** What a run has once, however many processes share its files out. */
interface Shared {
  desk?: Desk;
}

export async function mochaGlobalSetup(this: Shared): Promise<void> {
  this.desk = await openDesk();
  process.env['TEST_POSTGRES'] = this.desk.url;
}

export async function mochaGlobalTeardown(this: Shared): Promise<void> {
  await this.desk?.close();
}

/**
 * Nothing in the tests leaves this machine; the sandbox and the service listen on loopback.
 * With --parallel all of this happens once a file.
 */
export const mochaHooks = {
  beforeAll(this: Mocha.Context & { unwatch?: () => void }): void {
    this.unwatch = watchMocks();
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
  afterAll(this: Mocha.Context & { unwatch?: () => void }): void {
    this.unwatch?.();
  },
};
