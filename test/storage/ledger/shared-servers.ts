import type { LedgerBox } from '../../support/ledger/ledgers.ts';
import { type Server, serverAt, type ServerOptions } from '../../support/ledger/servers.ts';

export interface Stage {
  readonly box: LedgerBox;
  serve(options?: ServerOptions): Server;
  /** The test closes this one itself. */
  release(server: Server): void;
}

/** A ledger and servers that share it, opened and closed around each test of the `describe` that calls this. */
export function stageOf(open: () => Promise<LedgerBox>): Stage {
  let box: LedgerBox;
  let servers: Server[] = [];
  beforeEach(async () => (box = await open()));
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()));
    servers = [];
    await box.close();
  });
  return {
    get box() {
      return box;
    },
    serve: (options) => {
      servers.push(serverAt(box, options));
      return servers.at(-1)!;
    },
    release: (server) => {
      servers = servers.filter((it) => it !== server);
    },
  };
}
