import { chmodSync, writeFileSync } from 'node:fs';
import { folder } from '../process/temp-folder.ts';
import { TOKEN } from './run-trigger.ts';
import { closeServers } from './stub-servers.ts';

/** A temporary folder with the cron's token for each test of a suite, whose stub servers end with it. */
export interface TriggerStage {
  readonly files: ReturnType<typeof folder>;
  /** Path of a file that holds the token. */
  readonly tokenFile: string;
  /** Writes a secret into the folder; its path. */
  secret(name: string, text: string, mode?: number): string;
}

/** To be called in a `describe`. */
export function triggerStage(): TriggerStage {
  let files: ReturnType<typeof folder>;
  let tokenFile: string;
  const secret = (name: string, text: string, mode = 0o600): string => {
    writeFileSync(files.file(name), text);
    chmodSync(files.file(name), mode);
    return files.file(name);
  };
  beforeEach(() => {
    files = folder({});
    tokenFile = secret('the cron token', `${TOKEN}\n`);
  });
  afterEach(() => closeServers().then(() => files.remove()));
  return {
    get files() {
      return files;
    },
    get tokenFile() {
      return tokenFile;
    },
    secret,
  };
}
