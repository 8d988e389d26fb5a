const NEEDED = 24;

/** What to do when this Node, such as 20.20.2, cannot run the program; undefined: it can. */
export function tooOld(version) {
  if (Number(version.split('.')[0]) >= NEEDED) return undefined;
  return `this is Node ${version}, and Node ${NEEDED} is needed; use npm run ..., or node_modules/.bin/node (npm ci installs it)`;
}

// NOTE: imported before all else, so that an old Node comes to its end here: it would fail at the first word it lacks.
const fault = tooOld(process.versions.node);
if (fault !== undefined) {
  process.stderr.write(`sentry-monitor cannot start:\n  ${fault}\n`);
  process.exit(1);
}
