import type { Sandbox } from '../../../sandbox/index.ts';
import type { WorkDone } from '../../core/ports/alerting/due.ts';
import { type DemoLogs, LOG_DIGEST } from './logs.ts';
import { indented, pictureText } from './picture.ts';

/** What is looked at: the service, the sandbox, and how the service is asked for what is due. */
export interface LogsStage {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly logs: DemoLogs;
  due(): Promise<readonly WorkDone[]>;
}

/** Has the log read before and after its rotation; gives back what came of both, for people. */
export async function readLogs({ logs, due }: LogsStage): Promise<string> {
  const read = async (): Promise<string> => (await due()).find(({ kind }) => kind === 'intake')?.detail ?? 'not read';
  logs.begin();
  const first = await read();
  logs.rotate();
  return `${first}; rotated: ${await read()}`;
}

/** So long the digest and its picture may be on their way, ms. */
const PATIENCE_MS = 20_000;
const EVENTS = 3;

/** The digest as it was read in the chat, and the newest events as the page has them. */
export async function logsText(stage: LogsStage): Promise<string> {
  const { messages } = stage.sandbox.world.received.telegram;
  for (const limit = performance.now() + PATIENCE_MS; messages.length < 2 && performance.now() < limit;) {
    await stage.due();
    await new Promise((done) => setTimeout(done, 100));
  }
  const [text, picture] = [messages.find((it) => it.picture === undefined), messages.find((it) => it.picture)];
  return [
    '   The digest in Telegram:\n',
    indented(text?.text ?? 'none'),
    pictureText(LOG_DIGEST, picture?.picture),
    '   The newest events, of the page /events:\n',
    indented(await newest(stage.url)),
  ].join('\n');
}

/** Time, level, project and title: the first cells of each line. */
async function newest(url: string): Promise<string> {
  const lines = (await (await fetch(`${url}/events.csv?range=12h`)).text()).split('\r\n');
  const all = lines.filter((line) => /^\d{4}-/.test(line));
  const some = all.slice(0, EVENTS).map((line) => line.split(',').slice(0, 4).join('  '));
  return [...some, `and ${all.length - some.length} more`].join('\n');
}
