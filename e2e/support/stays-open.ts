import { expect, type Page } from '@playwright/test'

/** Watches a page that shall not be loaded again; `expectSame` holds while it never was. */
export function stayOpen(page: Page): { expectSame(): void } {
  const loads: string[] = []
  page.on('load', () => loads.push(page.url()))
  return { expectSame: () => expect(loads, 'loads of a page that was to stay open').toEqual([]) }
}
