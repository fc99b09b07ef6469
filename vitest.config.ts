import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

const alias = {
  '@': import.meta.dirname,
  // Outside the react-server bundle the marker package throws on import. Its empty entry is not exported by name.
  'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js`,
}

// Nothing is measured by these: they end what hangs. Some tests start servers or wait for locks, which a busy machine
// makes many times slower.
const limits = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
  setupFiles: './scripts/test/wait-longer.ts',
}
const slowLimits = { ...limits, testTimeout: 240_000, hookTimeout: 240_000 }

// Tests that run whole programs on a copy of the project.
const copyTests = ['scripts/**/*.copy.test.ts']

// Tests that share one Postgres.
const databaseTests = [
  'supabase/tests/**/*.test.ts',
  'packages/dev-stack/api/*.test.ts',
  'packages/**/*.database.test.ts',
]

// Tests of the credit SDK, on databases of its own. Its samples import it by its name, as other projects do.
const sdkSource = `${import.meta.dirname}/packages/credit-sdk/src`
const sdkAlias = [
  { find: /^credit-sdk$/, replacement: `${sdkSource}/index.ts` },
  { find: /^credit-sdk\/(conformance|opentelemetry|schema)$/, replacement: `${sdkSource}/$1/index.ts` },
  { find: /^credit-sdk\/(\w+)$/, replacement: `${sdkSource}/adapters/$1/index.ts` },
]
const sdkTests = ['packages/credit-sdk/**/*.test.ts']

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['*.test.ts', '{app,components,lib,tools,scripts,packages}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...copyTests, ...databaseTests, ...sdkTests],
          ...limits,
        },
      },
      {
        test: {
          name: 'copies',
          include: copyTests,
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
          maxConcurrency: availableParallelism(),
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: databaseTests,
          globalSetup: './supabase/tests/global-setup.ts',
          ...limits,
        },
      },
      {
        resolve: { alias: sdkAlias },
        test: {
          name: 'sdk',
          include: sdkTests,
          globalSetup: './packages/credit-sdk/testing/global-setup.ts',
          ...slowLimits,
        },
      },
    ],
  },
})
