import { TABLES } from '../../../src/server/reasons/see.ts';

/** Below the heading of the first table: what its advice means. `after`: what follows it. */
function firstAid(after: string): string {
  const [first, ...others] = TABLES.map(reasonTable);
  return [first, after, ...others].join('\n\n');
}

/** Reasons, each with the anchor that answers and pages name. */
function reasonTable([heading, seen, rows]: (typeof TABLES)[number]): string {
  const lines = Object.entries(rows).map(
    ([anchor, { seen: what, means, todo }]) => `| ${anchored(anchor)}${what} | ${means} | ${todo} |`,
  );
  return [`## ${heading}`, '', `| ${seen} | It means | Do |`, '|---|---|---|', ...lines].join('\n');
}

/** A place that links lead to. */
export function anchored(id: string): string {
  return `<a id="${id}"></a>`;
}

/** What the document says before the tables. */
export const FOREWORD = `# What happens when a vendor is in trouble

Every row below was measured: a run of two filters against the sandbox, one request of which met the fault, on a clock that jumps over waits, with the
default time-outs and deadline. \`test/e2e/fault-table.proof.test.ts\` compares each cell with what it must be, and this file with what it measured. Do not edit it:
\`node test/support/faults/doc.ts\` writes it anew.

${firstAid(`"Post again": the same window (\`?at=\` or \`?end=\` as before) to the **same** server, which remembers what it delivered. A restarted or another server sends everything anew:
New Relic then holds copies, a counter of Anodot counts twice. By hand, with \`window.end\` of the answer; leave \`sink\` out for all of them:

    curl -sS -X POST -H @/etc/sentry-monitor.auth "http://HOST:3000/run?end=<window.end>&sink=anodot"

When the answer is gone, the log has it: \`run begins\` (\`window\` is its start; \`end\` is five minutes later), and with the same \`run\` the lines
\`not wholly delivered\` (a sink's \`error\` and counts), \`filter not read\` (\`error\`) and \`gap\` (\`part\`, \`reason\`, \`detail\`).`)}

## How to read the tables

- **once bad**: the first such request meets the fault, the next one is answered well. **always bad**: every one meets it, until the post after.
- **Answer**: HTTP status, \`status\` of the body, \`Sentry-Monitor-Sent\`. **Receipt**: of the sinks. **Stored**: what then stands at the vendors; "all once" is all of it, none twice, true numbers.
- **The other**: for Sentry the other filter, for a sink the other sink. "whole": all of it sent and stored once.
- **Posted again**: the same window once more, when the vendor is well again: status, and what then stands at the vendors. It is posted at once: after a 429 with a reset in 600 s that is within the pause, so nothing is asked.
- **Seconds**: \`0, 1.1\` is a second try after 1.1 s; \`3 × 0\`: three requests at once (413: the batch was split; 403: it was looked into).
- The run event arrives once and says what the answer says, but for the rows that tell of it.`;

/** What is measured with processes: title of the test as its file has it, and the file. */
export const PROCESSES: readonly (readonly [title: string, file: string])[] = [
  ['SIGTERM during a run: the run ends well, new posts get 503, exit 0', 'process'],
  [
    'SIGTERM while a sink takes its time: the run ends well, everything is delivered once, exit 0',
    'fault-processes.proof',
  ],
  [
    'killed in the middle of sending, then started anew: New Relic and Anodot have each record, with true numbers',
    'process',
  ],
  ['the deadline passes while Sentry hangs: 504, the body says what was done', 'process'],
  ['${what}: a gap, and the totals reach every sink before the deadline', 'hanging.long'],
  [
    'New Relic hangs to the deadline: 504, its events are uncertain, Anodot has all; a second post brings the rest',
    'fault-processes.proof',
  ],
  [
    'Anodot hangs to the deadline: 504, a counter is uncertain and never sent again, New Relic has all',
    'fault-processes.proof',
  ],
  ['New Relic stored the events and the answer was lost: sent again, stored twice, accepted', 'fault-processes.proof'],
  [
    'Anodot stored the samples and the answer was lost: a counter is uncertain and not sent again',
    'fault-processes.proof',
  ],
  ['Anodot stored the samples and the answer was lost: a gauge is sent again', 'fault-processes.proof'],
  [
    'Sentry and New Relic ask for two seconds each: nothing is asked sooner, and everything arrives',
    'fault-processes.proof',
  ],
  [
    'a vendor that cannot be reached at all: tried four times, certainly not stored, the others are served',
    'fault-processes.proof',
  ],
];

/** What the answer says of trouble that is not in the tables. */
export const UNMEASURED: readonly (readonly [words: string, what: string])[] = [
  ['no connection within', 'the network: nothing went out'],
  ['no connection before', 'the run ended before anything went out'],
  ['cannot connect', 'nobody listens, or no such host: the address, the network, a firewall'],
  ['cannot connect, the proxy answered', '`HTTPS_PROXY` did not connect us'],
  ['no trusted TLS connection', 'the certificate, or a proxy that opens TLS: `NODE_EXTRA_CA_CERTS`'],
  ['its answer is larger than 32 MB', 'something else answered, or too much was asked'],
  ['not asked, the run had ended', 'the time of the run was over before its turn came'],
  ['not asked, its time was over', 'the same, for the time that reading may take'],
  ['not sent: this server may no longer hold the report', 'it was too slow, and another server has it now'],
  ['not sent: the ledger', 'the ledger is away, and `LEDGER_ON_ERROR` lets nothing be sent without it'],
  ['items were refused for the moment', 'they were sent again, and it is well now if nothing else is said'],
  ['the window is older than', 'the vendor would give it a wrong time, so it was not sent'],
  ['cannot encode', 'a bug in that sink'],
  ['answered 404 with', 'something else answered than Sentry: `SENTRY_URL`'],
  ['answered 404: no organization', 'a wrong `SENTRY_ORG`, or a token of another organization'],
  ['answered 404: no events table for', 'a wrong `SENTRY_ORG`, or a project that is gone'],
  ['the events table answered', 'something else answered than Sentry, or a Sentry that is new'],
  ['the environments of a project are no list of names', 'the same'],
  ['no way to the next page of events', 'the same, or a proxy removes the `Link` header'],
  ['not wholly delivered', 'the vendor gave no reason'],
  ['the source gave no answer', 'a bug, or a run that was cut: the log says more'],
  ['internal error', 'a bug: the log says more'],
];

/** And after them. */
export const AFTERWORD = `## What is not here

- Refusals of single records come from Anodot only: New Relic looks at records after its answer (they show up as \`NrIntegrationError\`), Sentry is given none.
- "Query timeout", a reset in a header and a 404 without words are Sentry's own. New Relic's Event API and Anodot name no time to wait.
- "But stored" needs something to store, so not at Sentry; and with a 4xx or a redirect a vendor says that it did not take the request.
- Asked in the same way as rows above, so not measured apart: the totals read once more when rows differ, the looks at single projects after a 403, later pages of other tables.
- Trouble at two vendors at once. The sinks know nothing of each other, and without Sentry there is nothing to send.
- A pace: pages are read here as fast as they are answered (\`SENTRY_PAGES_PER_SECOND=0\`), and from a GlitchTip, not from an old Sentry.

## With real processes

Here time, sockets and signals are real (\`test/e2e/\`):

${PROCESSES.map(([title, file]) => `- ${title.replace('${what}', 'a part of Sentry that hangs')} (\`${file}.test.ts\`)`).join('\n')}`;
