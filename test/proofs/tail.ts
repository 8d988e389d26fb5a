/**
 * Logs that Python writes and rotates while they are read: `node test/proofs/tail.ts [minutes] [seed]`. One program
 * writes three logs: renamed by its own handler, renamed and packed, and copied away and emptied while it writes. The
 * command `intake` reads them and is killed again and again, in the middle of whatever it does. At the end each record
 * is in the ledger once, under one name; of the copied log only what was written while it was copied may be missing,
 * which no reader can see. Exit code 1 otherwise.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { folder } from '../support/process/temp-folder.ts';

const MINUTES = Number(process.argv[2] ?? 10);
const SEED = Number(process.argv[3] ?? 1);
const LOGS = ['renamed', 'packed', 'copied'] as const;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Writes until its input ends; then says how many records each log has. */
const WRITER = `
import gzip, logging, logging.handlers, os, random, select, shutil, sys, time
where, seed = sys.argv[1], int(sys.argv[2])
dice = random.Random(seed)
FORM = "%(levelname)s %(asctime)s %(name)s %(process)d %(thread)d %(message)s"

def packed(source, target):
    with open(source, "rb") as one, gzip.open(target, "wb") as other:
        shutil.copyfileobj(one, other)
    os.remove(source)

def rotating(name):
    handler = logging.handlers.RotatingFileHandler(os.path.join(where, name + ".log"), maxBytes=150_000, backupCount=60)
    if name == "packed":
        handler.namer = lambda it: it + ".gz"
        handler.rotator = packed
    return handler

logs, counts = {}, {}
for name in ("renamed", "packed", "copied"):
    handler = logging.FileHandler(os.path.join(where, name + ".log")) if name == "copied" else rotating(name)
    handler.setFormatter(logging.Formatter(FORM))
    logs[name] = logging.getLogger("acme." + name)
    logs[name].propagate = False
    logs[name].addHandler(handler)
    counts[name] = 0

def copy_away():
    base = os.path.join(where, "copied.log")
    for n in range(40, 0, -1):
        if os.path.exists(f"{base}.{n}"):
            os.replace(f"{base}.{n}", f"{base}.{n + 1}")
    shutil.copyfile(base, base + ".1")
    os.truncate(base, 0)

def fail(n):
    return {}["cart-%d" % n]

while not select.select([sys.stdin], [], [], dice.random() / 40)[0]:
    for name, log in logs.items():
        for _ in range(dice.randrange(4)):
            counts[name] += 1
            n = counts[name]
            if n % 5:
                log.error("cart <%d> failed\\nsecond line with ümlaut", n)
            else:
                try:
                    fail(n)
                except KeyError:
                    log.exception("cart <%d> broke", n)
    if os.path.getsize(os.path.join(where, "copied.log")) > 150_000:
        copy_away()
print(*(counts[name] for name in ("renamed", "packed", "copied")), flush=True)
`;

const place = folder({
  'writer.py': WRITER,
  'filters.yaml': [
    'intakes:',
    ...LOGS.map((name) => `  ${name}: { file: LOGS/${name}.log, format: django, from: start }`),
    `filters: [{ name: all, projects: [${LOGS.join(', ')}] }]`,
  ].join('\n'),
});
const logs = path.join(place.path, 'logs');
fs.mkdirSync(logs);
fs.writeFileSync(
  place.file('filters.yaml'),
  fs.readFileSync(place.file('filters.yaml'), 'utf8').replaceAll('LOGS', logs),
);
const ledger = place.file('ledger.db');
const env = {
  PATH: process.env['PATH'],
  ...{ LEDGER_URL: `sqlite:${ledger}`, FILTERS: place.file('filters.yaml'), DRY_RUN: 'true', LOG_LEVEL: 'warn' },
};
const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');

let dice = SEED;
const random = (): number => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647;

spawnSync(process.execPath, [CLI, 'intake', '--once'], { env });
const writer = spawn('python3', ['-u', place.file('writer.py'), logs, String(SEED)], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const said: string[] = [];
writer.stdout.on('data', (bytes: Buffer) => void said.push(String(bytes)));
const end = Date.now() + MINUTES * 60_000;
let kills = 0;

/** Once the reader has stored something: it takes a while until it begins. */
async function atWork(): Promise<void> {
  const before = movedAt();
  for (let n = 0; n < 600 && movedAt() === before; n++) await wait(100);
}

function movedAt(): unknown {
  const database = new DatabaseSync(ledger, { readOnly: true });
  try {
    return database.prepare('select max(moved_at) as at from sentry_monitor_event_cursors').get()!['at'];
  } catch {
    return null;
  } finally {
    database.close();
  }
}

while (Date.now() < end) {
  const reader = spawn(process.execPath, [CLI, 'intake'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const over = once(reader, 'exit');
  await Promise.race([over, atWork()]);
  await Promise.race([over, wait(random() * 4_000)]);
  if (reader.exitCode !== null) throw new Error(`the reader ended by itself, with ${reader.exitCode}`);
  reader.kill('SIGKILL');
  await over;
  kills++;
}
const written = once(writer, 'exit');
writer.stdin.end('stop\n');
await written;
const last = spawnSync(process.execPath, [CLI, 'intake', '--once'], { env, encoding: 'utf8' });
say(last.stdout + last.stderr);

const counts = said.join('').trim().split(' ').map(Number);
const database = new DatabaseSync(ledger, { readOnly: true });
let isGood = last.status === 0;
for (const [index, name] of LOGS.entries()) {
  const rows = database.prepare('select content from sentry_monitor_events where project = ?').all(name);
  const seen = new Map<number, number>();
  for (const { content } of rows) {
    const n = Number(/cart <(\d+)>/.exec(String(content))?.[1]);
    seen.set(n, (seen.get(n) ?? 0) + 1);
  }
  const twice = [...seen].filter(([, times]) => times > 1).map(([n]) => n);
  const missing = Array.from({ length: counts[index]! }, (_, n) => n + 1).filter((n) => !seen.has(n));
  const { rejects } = database
    .prepare('select coalesce(sum(rejects), 0) as rejects from sentry_monitor_event_reject_hours where project = ?')
    .get(name) as { readonly rejects: number };
  say(
    `${name}: ${counts[index]} records, ${rows.length} events, ${twice.length} twice, ${missing.length} missing, ` +
      `${rejects} rejects${twice.length + missing.length === 0 ? '' : ` (${[...twice, ...missing].slice(0, 10).join(', ')})`}`,
  );
  isGood &&= counts[index]! > 0 && twice.length === 0 && missing.length === 0 && rejects === 0;
}
database.close();
say(`${kills} kills in ${MINUTES} minutes, seed ${SEED}: ${isGood ? 'each record once' : `BROKEN, see ${place.path}`}`);
if (isGood) place.remove();
process.exitCode = isGood ? 0 : 1;
