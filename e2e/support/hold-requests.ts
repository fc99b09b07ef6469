import type { Page } from '@playwright/test'

/** Lets nothing through of what a page asks for at `which`, until the function it gives is called. */
export async function holdRequests(page: Page, which: string | ((url: URL) => boolean)): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route(which, async (route) => {
    await released
    await route.continue()
  })
  return release
}
