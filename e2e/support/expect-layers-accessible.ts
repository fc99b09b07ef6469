import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './expect-accessible.ts'

/** What is open above the page. */
export const layer = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

/** Opens what each of these buttons opens, expects that everyone can use it, and closes it with the keyboard. */
export async function expectLayersAccessible(page: Page, buttons: readonly string[]): Promise<void> {
  for (const name of buttons) {
    await page.getByRole('main').getByRole('button', { name, exact: true }).first().click()
    await expect(layer(page)).toBeVisible()
    await expectAccessible(page, name)
    await page.keyboard.press('Escape')
    await expect(layer(page)).toBeHidden()
  }
}
