import nock from 'nock';

/** Nothing in the tests leaves this machine; the sandbox and the service listen on loopback. */
export const mochaHooks = {
  beforeAll(): void {
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/);
  },
};
