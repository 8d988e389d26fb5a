import { sections, textOf } from '../config/text.ts';

const PAGE = 'docs/extending.md';
const FILES = [
  'examples/sinks/hook.ts',
  'test/examples/hook.test.ts',
  'examples/sinks/statsd.ts',
  'examples/sources/tally.ts',
];

/** The page of the worked examples as it must be, by its path: it shows the files that the tests run. */
export function exampleTexts(): ReadonlyMap<string, string> {
  const parts = Object.fromEntries(FILES.map((file) => [file, `\`\`\`ts\n${textOf(file).trimEnd()}\n\`\`\``]));
  return new Map([[PAGE, sections(textOf(PAGE), parts)]]);
}
