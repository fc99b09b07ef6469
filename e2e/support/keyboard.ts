import { expect, type Locator } from '@playwright/test'

/** More controls than stand before any that a page is opened for. */
const MAX_STEPS = 120

/**
 * Tabs on until the focus is there, as somebody without a mouse does, and expects that its mark can be seen.
 * @throws when the keyboard does not come there
 */
export async function tabTo(target: Locator): Promise<void> {
  const { keyboard } = target.page()
  await expect(target).toBeVisible()
  for (let step = 0; !(await isFocused(target)); step++) {
    if (step === MAX_STEPS) throw new Error(`The keyboard does not come to ${target}.`)
    await keyboard.press('Tab')
  }
  expect(await target.evaluate(hasFocusMark), `${target} shows that it has the focus`).toBe(true)
}

/** Tabs to a button or link, and presses it. */
export async function pressByKey(target: Locator): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('Enter')
}

/** Tabs to a field, and types over what is in it. */
export async function typeByKey(target: Locator, text: string): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('ControlOrMeta+a')
  await target.page().keyboard.type(text)
}

/** Expects that the focus is somewhere on the page, so that the next key goes on from there. */
export async function expectFocusKept(target: Locator): Promise<void> {
  await expect.poll(() => target.page().evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}

/** In the browser: whether an outline or a ring is drawn around an element, or around what it is spread over. */
function hasFocusMark(element: Element): boolean {
  const styles = [getComputedStyle(element), getComputedStyle(element, '::after')]
  return styles.some(
    ({ outlineStyle, outlineWidth, boxShadow }) =>
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow.includes('0px 0px 0px'),
  )
}
