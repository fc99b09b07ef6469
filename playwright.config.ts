import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './scripts/test/chromium.ts'

/**
 * End-to-end tests in Chromium, against a production build on an embedded stack of its own (e2e/global-setup.ts),
 * or against an app that runs already: set E2E_ENV_FILE to a file like `.local/env`.
 */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    // An action that can never come names itself, rather than the test that ran out of time.
    actionTimeout: 30_000,
    ...devices['Desktop Chrome'],
    // Traces cost much time: add `--trace on` when a failure has to be understood.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await findChromium(), args: ['--no-sandbox'] },
  },
})
