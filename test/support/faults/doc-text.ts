/** What the document says before the tables. */
export const FOREWORD = `# What happens when a vendor is in trouble

Every row below was measured: a run of two filters against the sandbox, one request of which met the fault, on a clock that jumps over waits, with the
default time-outs and deadline. \`test/e2e/fault-table.test.ts\` compares each cell with what it must be, and this file with what it measured. Do not edit it:
\`node test/support/faults/doc.ts\` writes it anew.

## First aid

| \`POST /run\` answered | It means | Do |
|---|---|---|
| 200 with \`gaps\`, other than below | a part of Sentry did not answer; the numbers of events and users are true, the part is missing | nothing; a second post finds the report delivered and fills no gap |
| 200 with the gap \`source_silent\` | Sentry took in no event at all: these zeros are no all-clear | look at Sentry, and at what sends to it |
| 200 with the gap \`totals not_answered\` | zeros everywhere, and nobody could say whether Sentry is silent; or a project of several was not read; or, read page by page, only a part of its events (\`complete: false\`, a lower bound) | look at Sentry |
| 200 with the gap \`environment_not_found\` | the environment is misspelt or had no event yet; it is not in the numbers | mend the line of the filters file that \`detail\` names |
| 200 with the gap \`project_not_found\` or \`project_forbidden\` | these projects are not in the numbers | mend the filter, or what the token may see |
| 502 or 503, a report with \`none of its projects can be read\` | the filter has no project left, nothing was sent for it | mend the line of the filters file that it names, or what the token may see |
| 502, a report with \`error\` | that filter could not be read, nothing was sent for it; the others are delivered | post again |
| 502, Anodot \`failed\` with \`failed\` items, counter, \`error\` is a 500, a 503 or a refusal without positions | probably not stored; but some servers store first and fail then | look at Anodot before you post again |
| 502, else a sink \`failed\` with \`failed\` items | the vendor said no, or was away; they are not stored, or (New Relic, a gauge) a copy does no harm | look at \`error\`: for a key or an address mend it; then post again, with \`sink=\` for only this one |
| 502, New Relic with \`uncertain\` items | they may be stored | post again; copies do no harm to charts that read \`max\` or \`latest\` |
| 502, Anodot with \`uncertain\` items, counter | they may be stored, and must not be twice | a post never sends them again: compare \`totals\` of the answer with what Anodot shows |
| 502, Anodot with \`uncertain\` items, gauge | they may be stored | post again; a copy changes nothing |
| 502, \`refused\` items | the vendor will never take these | mend what \`why\` names; this window's are lost, the next one's are not |
| 503 | no filter could be read; or this server is shutting down, or its clock is wrong: the body says which | post to another server; when it says the same: token (401, 403), address (404, a web page), or Sentry is away |
| 504 | the run's deadline passed; the body says what was done | post again |
| 401, 429 (\`contrib/trigger.sh\` ends with 4) | the token is none of this server's; 429: too many such posts in a minute; nothing was sent | compare the token with \`TRIGGER_TOKEN\`, then post again |
| 500, or no answer | this server broke, or cannot be reached; it may have sent | post to this server again; to another one only when it stays away |

"Post again": the same window (\`?at=\` or \`?end=\` as before) to the **same** server, which remembers what it delivered. A restarted or another server sends everything anew:
New Relic then holds copies, a counter of Anodot counts twice. By hand, with \`window.end\` of the answer; leave \`sink\` out for all of them:

    curl -sS -X POST -H @/etc/sentry-monitor.auth "http://HOST:3000/run?end=<window.end>&sink=anodot"

When the answer is gone, the log has it: \`run begins\` (\`window\` is its start; \`end\` is five minutes later), and with the same \`run\` the lines
\`not wholly delivered\` (a sink's \`error\` and counts), \`filter not read\` (\`error\`) and \`gap\` (\`part\`, \`reason\`, \`detail\`).

## How to read the tables

- **once bad**: the first such request meets the fault, the next one is answered well. **always bad**: every one meets it, until the post after.
- **Answer**: HTTP status, \`status\` of the body, \`Sentry-Monitor-Sent\`. **Receipt**: of the sinks. **Stored**: what then stands at the vendors; "all once" is all of it, none twice, true numbers.
- **The other**: for Sentry the other filter, for a sink the other sink. "whole": all of it sent and stored once.
- **Posted again**: the same window once more, when the vendor is well again: status, and what then stands at the vendors. It is posted at once: after a 429 with a reset in 600 s that is within the pause, so nothing is asked.
- **Seconds**: \`0, 1.1\` is a second try after 1.1 s; \`3 × 0\`: three requests at once (413: the batch was split; 403: it was looked into).
- The heartbeat arrives once and says what the answer says, but for the rows that tell of it.`;

/** What is measured with processes: title of the test as its file has it, and the file. */
export const PROCESSES: readonly (readonly [title: string, file: string])[] = [
  ['SIGTERM during a run: the run ends well, new posts get 503, exit 0', 'process'],
  ['SIGTERM while a sink takes its time: the run ends well, everything is delivered once, exit 0', 'fault-processes'],
  [
    'killed in the middle of sending, then started anew: New Relic and Anodot have each record, with true numbers',
    'process',
  ],
  ['the deadline passes while Sentry hangs: 504, the body says what was done', 'process'],
  ['${what}: a gap, and the totals reach every sink before the deadline', 'hanging'],
  [
    'New Relic hangs to the deadline: 504, its events are uncertain, Anodot has all; a second post brings the rest',
    'fault-processes',
  ],
  [
    'Anodot hangs to the deadline: 504, a counter is uncertain and never sent again, New Relic has all',
    'fault-processes',
  ],
  ['New Relic stored the events and the answer was lost: sent again, stored twice, accepted', 'fault-processes'],
  ['Anodot stored the samples and the answer was lost: a counter is uncertain and not sent again', 'fault-processes'],
  ['Anodot stored the samples and the answer was lost: a gauge is sent again', 'fault-processes'],
  ['Sentry and New Relic ask for two seconds each: nothing is asked sooner, and everything arrives', 'fault-processes'],
  [
    'a vendor that cannot be reached at all: tried four times, certainly not stored, the others are served',
    'fault-processes',
  ],
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
