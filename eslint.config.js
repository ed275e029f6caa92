import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import { scope, workspaceGraph } from './tooling/workspace-graph.js'

const directories = {
  schema: 'packages/schema',
  stats: 'packages/stats',
  taxonomy: 'packages/taxonomy',
  recommendations: 'packages/recommendations',
  study: 'apps/study',
}

/** Files that may touch Node: the app, subpaths named `node`, tests, benchmarks and tools. */
const nodeFiles = [
  'apps/**',
  '**/test/**',
  '**/bench/**',
  '**/scripts/**',
  '**/evaluation/**',
  'tooling/**',
  '**/*.config.ts',
  '**/src/node/**',
  '**/src/node.ts',
]

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'docs-site/**', 'coverage/**', '**/reports/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  ...Object.entries(directories).map(([name, directory]) => {
    const allowed = workspaceGraph[name]
    const forbidden = allowed.length === 0 ? `^${scope}/` : `^${scope}/(?!(${allowed.join('|')})(/|$))`
    const message = `Imports run one way: ${name} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}.`
    return {
      files: [`${directory}/src/**/*.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              { regex: forbidden, message },
              { regex: '(^|/)\\.\\./\\.\\./\\.\\./|packages/', message: 'Import a sibling package by its name.' },
              ...(name === 'study'
                ? []
                : [{ regex: '^node:', message: 'Libraries run in any JavaScript runtime; Node only under src/node.' }]),
            ],
          },
        ],
      },
    }
  }),
  {
    files: ['packages/*/src/node.ts', 'packages/*/src/node/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Results are the same bytes everywhere. Squares and powers of two are exact in every engine; of other powers V8 gives another
    // last digit in Node 24 than in Node 22.
    files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "BinaryExpression[operator='**']:not([right.value=2]):not([left.value=2]):not([left.bigint]), MemberExpression[object.name='Math'][property.name='pow']",
          message: 'Powers differ in their last digit between engines: see packages/stats/src/numerics/power.ts.',
        },
      ],
    },
  },
  { files: nodeFiles, rules: { 'no-console': 'off' } },
  {
    // Tests read untyped JSON fixtures and hand wrong values to functions on purpose.
    files: ['**/test/**/*.ts', '**/bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
