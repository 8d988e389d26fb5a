import type { Finding } from '../../core/ports/finding.ts';
import type { ReadableMeter } from '../../core/run/meter.ts';

/** A run is refused beyond this, and people should look at it beyond that, ms. */
const [WRONG_MS, ODD_MS] = [30_000, 5_000];

/** Our clock by the vendors' own; nothing when none has answered. */
export function clockFound(meter: ReadableMeter): readonly Finding[] {
  const { clockSkewMs } = meter.read();
  if (clockSkewMs === null) return [];
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  const say = `this server's clock is ${seconds} s ${clockSkewMs > 0 ? 'ahead of' : 'behind'} the vendors'`;
  const todo = 'synchronize it (NTP)';
  if (meter.isOff(WRONG_MS))
    return [{ check: 'clock', status: 'failed', say: `${say}, so windows would be wrong; ${todo}` }];
  if (meter.isOff(ODD_MS)) return [{ check: 'clock', status: 'warning', say: `${say}; ${todo}` }];
  return [{ check: 'clock', status: 'ok', say: "agrees with the vendors' to some seconds" }];
}
