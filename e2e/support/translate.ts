import type { Page } from '@playwright/test'

/**
 * Does to a page what a browser's translation does: each text node is replaced by two elements with the same text in
 * them. React still holds on to the nodes it made.
 */
export async function translate(page: Page): Promise<void> {
  // Waits for the body of a page that is being left for.
  await page.locator('body').evaluate(wrapTexts)
}

/** Runs in the page: uses nothing from around it. */
export function wrapTexts(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode)
  for (const text of texts) {
    const parent = text.parentElement
    if (!text.data.trim() || !parent || parent.closest('script, style, textarea, [translate=no], font'))
      continue
    const outer = document.createElement('font')
    outer.appendChild(document.createElement('font')).append(text.data)
    text.replaceWith(outer)
  }
}
