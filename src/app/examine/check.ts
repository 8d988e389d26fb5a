import { faultOf } from '../../core/model/errors.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { endEarly } from '../../core/run/read-deadline.ts';
import { createMeter, type ReadableMeter } from '../../core/run/meter.ts';
import type { OpenScope } from '../../core/run/scope.ts';
import type { Exam } from '../../integrations/plugin.ts';
import { clockFound } from './clock.ts';

/** A look at one part, or at one thing around the program. */
export interface Check {
  readonly name: string;
  run(exam: Exam): AsyncIterable<Finding>;
}

export interface ExamDeps extends Clock, Pick<Exam, 'filters' | 'disk' | 'thorough'> {
  /** For each check, ms. */
  readonly limitMs: number;
  /** A scope outside a run. */
  openScope(id: string, limitMs: number): OpenScope;
}

/** What does not end by itself when its time is over is left alone after this, ms. */
const GRACE_MS = 1_000;

/** All checks side by side, then the clock; in the order of the checks. None holds up or breaks another. */
export async function* runChecks(checks: readonly Check[], deps: ExamDeps): AsyncGenerator<Finding> {
  const meter = createMeter();
  const running = checks.map((check) => findingsOf(check, meter, deps));
  for (const findings of running) yield* await findings;
  yield* clockFound(meter);
}

/** Never rejects. */
async function findingsOf(check: Check, meter: ReadableMeter, deps: ExamDeps): Promise<readonly Finding[]> {
  const { filters, disk, thorough, limitMs, openScope } = deps;
  const outer = openScope(`check ${check.name}`, limitMs + GRACE_MS);
  const seconds = limitMs / 1000;
  const scope = endEarly(outer, deps, limitMs, new DOMException(`it had ${seconds} s`, 'TimeoutError'));
  const findings: Finding[] = [];
  const work = async (): Promise<void> => {
    for await (const it of check.run({ filters, disk, thorough, scope: { ...scope, meter } })) findings.push(it);
  };
  try {
    await Promise.race([work(), over(outer.signal, `did not end within ${seconds} s`)]);
  } catch (error) {
    const say = error instanceof Overtime ? error.message : faultOf(error).message;
    findings.push({ check: check.name, status: 'failed', say });
  } finally {
    scope.close();
    outer.close();
  }
  return withoutDoubts([...findings]);
}

class Overtime extends Error {
  override readonly name = 'Overtime';
}

function over(signal: AbortSignal, message: string): Promise<never> {
  return new Promise((_done, fail) => {
    const end = (): void => fail(new Overtime(message));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** What certainly failed need not be doubted as well. */
function withoutDoubts(findings: readonly Finding[]): readonly Finding[] {
  const failed = new Set(findings.filter(({ status }) => status === 'failed').map(({ variable }) => variable));
  return findings.filter(
    ({ status, variable }) => status !== 'warning' || variable === undefined || !failed.has(variable),
  );
}
