import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';
import { ROOMS, forbiddenIn } from './rooms.ts';

/** What a file may not touch outside the edge, each with what to do instead. */
const CLOCK = 'Take the time as an argument: only the edge looks at the clock.';
const EDGE = [
  ["CallExpression[callee.object.name='Date'][callee.property.name='now']", CLOCK],
  ["NewExpression[callee.name='Date'][arguments.length=0]", CLOCK],
  ["CallExpression[callee.name='Date']", CLOCK],
  ["MemberExpression[object.name='performance']", CLOCK],
  ["CallExpression[callee.object.name='Math'][callee.property.name='random']", 'Take randomness from Deps.'],
  [
    "ImportDeclaration[source.value='node:crypto'] ImportSpecifier[imported.name=/^random/]",
    'Take randomness from Deps.',
  ],
  [
    "MemberExpression[object.name='process'][property.name='env']",
    'Take the environment as an argument: only the edge reads it.',
  ],
  ['CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]', 'Take sleep from Deps.'],
  [
    'ImportDeclaration[source.value=/^node:(process|timers|perf_hooks|os|fs|child_process)/]',
    'Only the edge touches process, timers and disk.',
  ],
  ["CallExpression[callee.property.name='localeCompare']", 'Compare code units: the locale differs between servers.'],
].map(([selector, message]) => ({ selector, message }));

/** The files that touch the world outside. */
const AT_THE_EDGE = [
  'src/main.ts',
  'src/cli.ts',
  'src/commands/**/*.ts',
  'src/platform/real-files.ts',
  'src/app/real-world.ts',
  'src/storage/database/sqlite/thread.ts',
  // Backups are files: what reads and writes them.
  'src/app/backup/{config-item,restore,restore-config}.ts',
  'src/integrations/places/**/*.ts',
  'src/platform/file-digest.ts',
  'src/platform/place-file.ts',
  'src/storage/ledger/backup/**/*.ts',
  'sandbox/index.ts',
  'sandbox/server.ts',
  // It runs in a browser.
  'src/server/pages/script/browser/*.ts',
];

/** One rule a room: what its files may not import, and why. */
const directions = Object.keys(ROOMS).map((room) => ({
  files: [`${room}/**/*.ts`],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbiddenIn(room) }] },
}));

export default tseslint.config(
  { ignores: ['node_modules', 'coverage', 'dist'] },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@stylistic': stylistic },
    rules: {
      '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40, IIFEs: true }],
      'max-params': ['error', 4],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-nested-ternary': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/**/*.ts', 'sandbox/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...EDGE] } },
  { files: AT_THE_EDGE, rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tables and titles of tests may be longer than a line; comments and code may not.
      '@stylistic/max-len': [
        'error',
        { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ignoreStrings: true, ignoreTemplateLiterals: true },
      ],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  ...directions,
);
