import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Http, HttpRequest } from '../../../src/platform/http/client.ts';

/** A line that Papertrail has. */
export interface KeptLine {
  readonly id: string;
  /** When it came in, epoch ms. */
  readonly at: number;
  readonly machine: string;
  readonly message: string;
}

/** Papertrail's search, in place of its host. */
export interface PapertrailDouble {
  readonly http: Http;
  readonly lines: KeptLine[];
  /** Queries, in the order in which they came. */
  readonly asked: Readonly<Record<string, string>>[];
  readonly tokens: string[];
  /** Headers of the next answers. */
  headers: Readonly<Record<string, string>>;
  /** What the next requests get in place of a page: text, or none at all. */
  readonly faults: (string | null)[];
  /** Lines of a page. */
  limit: number;
}

export function createPapertrailDouble(): PapertrailDouble {
  const double: PapertrailDouble = {
    ...{ lines: [], asked: [], tokens: [], headers: {}, faults: [], limit: 2_000 },
    http: async (request) => {
      const query = Object.fromEntries(request.params ?? []);
      double.asked.push(query);
      double.tokens.push(request.headers['X-Papertrail-Token'] ?? '');
      const fault = double.faults.shift();
      if (fault === null) throw away(request);
      const text = fault ?? JSON.stringify(pageOf(double, query));
      const answer = { status: 200, headers: double.headers, text, sentAt: 0, receivedAt: 0 };
      request.onAnswer?.(answer);
      return answer;
    },
  };
  return double;
}

function away({ service }: HttpRequest): UpstreamError {
  return new UpstreamError(`${service}: no answer`, { service, retryable: true });
}

/** The newest lines that fit, the oldest first. */
function pageOf({ lines, limit }: PapertrailDouble, query: Readonly<Record<string, string>>): object {
  const [from, to] = [Number(query['min_time']) * 1_000, Number(query['max_time'] ?? Infinity) * 1_000];
  const older = query['max_id'];
  const found = lines.filter(
    ({ id, at }) => at >= from && at <= to && (older === undefined || BigInt(id) < BigInt(older)),
  );
  const page = found.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).slice(-limit);
  const whole = page.length === found.length ? { reached_beginning: true } : {};
  const events = page.map(({ id, at, machine, message }) => ({
    ...{ id, source_name: machine, program: 'shop', message, received_at: new Date(at).toISOString() },
    generated_at: new Date(at).toISOString(),
  }));
  return { min_id: page[0]?.id, max_id: page.at(-1)?.id, events, ...whole };
}
