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
  // Ends only what hangs: what can never come names itself by the limits of actions, navigations and expectations.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    ...devices['Desktop Chrome'],
    // Traces cost much time: add `--trace on` when a failure has to be understood.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await findChromium(), args: ['--no-sandbox'] },
  },
})
