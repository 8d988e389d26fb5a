import { readFileSync } from 'node:fs';
import { until } from '../time/until.ts';
import { ask, request, talk, type Talk } from './raw-http.ts';

/** Posts with a wrong token and 16 KiB of body, all open at once. */
export interface Storm {
  /** How many wait for their answer. */
  open(): number;
  /** Sends what is missing of each. */
  release(): void;
  /** Resolves when all are over: how many got which status; 0: none. */
  told(): Promise<Readonly<Record<number, number>>>;
}

export async function startStorm(port: number, count: number): Promise<Storm> {
  const whole = request(
    'POST /run',
    ['Authorization: Bearer wrong-token-0123456789', 'Content-Length: 16384'],
    'x'.repeat(16_384),
  );
  const cut = whole.indexOf('\r\n\r\n') + 2;
  const talks: readonly Talk[] = await Promise.all(
    Array.from({ length: count }, () => talk(port, whole.slice(0, cut))),
  );
  return {
    open: () => talks.filter((it) => !it.isEnded() && it.text() === '').length,
    release: () => talks.forEach(({ send }) => send(whole.slice(cut))),
    told: async () => {
      await until('all are over', () => talks.every((it) => it.isEnded()));
      const counts: Record<number, number> = {};
      for (const it of talks) {
        const status = it.answers()[0]?.status ?? 0;
        counts[status] = (counts[status] ?? 0) + 1;
        it.socket.destroy();
      }
      return counts;
    },
  };
}

/** Throws when `healthz` does not answer 200. */
export async function askHealth(port: number): Promise<void> {
  const [answer] = await ask(port, request('GET /healthz', ['Connection: close']));
  if (answer?.status !== 200) throw new Error(`healthz: ${JSON.stringify(answer)}`);
}

/** What a process takes of the machine's memory now and took at most, MB. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (key: string): number => {
    const kB = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
    if (kB === undefined) throw new Error(`no ${key} in:\n${text}`);
    return Number(kB) / 1024;
  };
  return { now: of('VmRSS'), most: of('VmHWM') };
}
