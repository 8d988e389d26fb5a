import stylistic from '@stylistic/eslint-plugin';
import tseslint from 'typescript-eslint';

/** What a file may not touch outside the edge, each with what to do instead. */
const EDGE = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Take the time as an argument: only the edge looks at the clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time as an argument: only the edge looks at the clock.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Take randomness from Deps.' },
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Take the environment as an argument: only the edge reads it.' },
  { selector: "CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]", message: 'Take sleep from Deps.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take the time as an argument: only the edge looks at the clock.' },
  { selector: "MemberExpression[object.name='performance']", message: 'Take the time as an argument: only the edge looks at the clock.' },
  { selector: "ImportDeclaration[source.value=/^node:(process|timers|perf_hooks|os|fs|child_process)/]", message: 'Only the edge touches process, timers and disk.' },
  { selector: "ImportDeclaration[source.value='node:crypto'] ImportSpecifier[imported.name=/^random/]", message: 'Take randomness from Deps.' },
  { selector: "CallExpression[callee.property.name='localeCompare']", message: 'Compare code units: the locale differs between servers.' },
];

/** Parts and what each may import: `core` only `core`; plug-ins never each other; the sandbox nothing of the rest, and back. */
const layer = (files, patterns, message) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message })) }] },
});
const SANDBOX = String.raw`/sandbox/`;

export default tseslint.config(
  { ignores: ['node_modules', 'coverage', 'dist'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@stylistic': stylistic },
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@stylistic/semi': ['error', 'always'],
      '@stylistic/member-delimiter-style': 'error',
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: 'always' }],
      '@stylistic/arrow-parens': ['error', 'always'],
      '@stylistic/indent': ['error', 2, { SwitchCase: 1, flatTernaryExpressions: true, ignoredNodes: ['TemplateLiteral *'] }],
      '@stylistic/no-trailing-spaces': 'error',
      '@stylistic/eol-last': 'error',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50, IIFEs: true }],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-nested-ternary': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // Parts are plain objects whose methods use no `this`, so they may be taken off.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...EDGE] } },
  { files: ['src/sandbox/index.ts', 'src/world.ts', 'src/main.ts', 'src/cli.ts', 'src/commands/**/*.ts', 'src/sandbox/server.ts'], rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off', '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off', '@typescript-eslint/no-unsafe-return': 'off', '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  layer(['src/core/**/*.ts'], [String.raw`^\.\./`, '^node:', '^[a-z@]'], 'core imports only core.'),
  layer(['src/sources/*/**/*.ts', 'src/sources/*.ts'], [String.raw`/(sinks|ledger|observers|commands|parts|app|settings|filters)(/|\.ts)`, SANDBOX], 'Plug-ins import core, plugin, http and errors, never each other.'),
  layer(['src/sinks/**/*.ts'], [String.raw`/(sources|ledger|observers|commands|parts|app|settings|filters)(/|\.ts)`, SANDBOX], 'Plug-ins import core, plugin, http and errors, never each other.'),
  layer(['src/ledger/**/*.ts', 'src/observers/**/*.ts'], [String.raw`/(sources|sinks|commands|parts|app|settings|filters)(/|\.ts)`, SANDBOX], 'Plug-ins import core, plugin, http and errors, never each other.'),
  layer(['src/generate/**/*.ts'], [String.raw`^\.\./(?!core/types\.ts$)`, '^node:', '^[a-z@]'], 'Generators are pure: of the rest they know the types of the core.'),
  layer(['src/*.ts'], [SANDBOX], 'Only commands, tests and benchmarks import the sandbox.'),
  layer(['src/sandbox/*.ts'], [String.raw`^\.\./`], 'The sandbox shares nothing with what it judges.'),
  layer(['src/sandbox/*/**/*.ts'], [String.raw`^\.\./\.\./`], 'The sandbox shares nothing with what it judges.'),
);
