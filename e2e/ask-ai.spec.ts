import { estimateTokens, priceTokens } from '../lib/ai/tokens.ts'
import { expect, test } from './fixtures.ts'

const PRICE = { input: 4, output: 20 }
const QUESTION = 'Why is the harbor of the town so small?'
const INSTRUCTIONS = 'Answer the question in plain text, as short as it can be said.'

// One after the other: while one switches the tool off, nobody's run of it begins.
test.describe.configure({ mode: 'default' })

test('an answer is read while it is written; canceled half-way, it costs what was shown', async ({
  userPage: page,
  user,
  sql,
}) => {
  await page.goto('/tools/ask-ai')
  await page.getByLabel('Question').fill(QUESTION)
  // Not before the scripts of the form are there: a choice that is made earlier is lost.
  await expect(page.getByRole('button', { name: /^Ask · up to/ })).toBeEnabled()
  await page.getByText('Long', { exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Long' })).toBeChecked()
  await page.getByRole('button', { name: /^Ask · up to/ }).click()
  const answer = page.getByTestId('answer')
  await expect(answer).toContainText('You asked')
  await expect(answer).toContainText('20. About')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(
    page.getByText(/The run was canceled. You were charged \d+ credits for what was used/),
  ).toBeVisible()

  const shown = (await answer.textContent()) ?? ''
  expect(shown).toContain('20. About')
  const asked = estimateTokens(INSTRUCTIONS) + estimateTokens(QUESTION)
  const price = priceTokens({ input: asked, output: estimateTokens(shown) }, PRICE)
  const [run] = await sql`
    select status, charged::int, stored_response -> 'body' ->> 'text' as text from runs where user_id = ${user.id}`
  expect(run).toEqual({ status: 'aborted', charged: price, text: shown })
  await expect(page.getByTestId('credit-balance').first()).toHaveText(String(100 - price))

  await page.goto('/runs')
  await page.getByRole('main').getByRole('link', { name: 'Ask AI' }).click()
  await expect(page.getByText('Stopped before it finished')).toBeVisible()
  await expect(page.getByText('20. About')).toBeVisible()
})

// #region admin
test('an admin switches it off: its page says why, and nothing runs', async ({ userPage, adminPage }) => {
  await adminPage.goto('/admin/tools')
  const card = adminPage.locator('[data-tool="ask-ai"]')
  await card.getByLabel('What users read while it is off').fill('The model is back at noon.')
  await card.getByRole('button', { name: 'Switch off' }).click()
  await expect(card.getByText('Off', { exact: true })).toBeVisible()
  try {
    await userPage.goto('/tools/ask-ai')
    await expect(userPage.getByText('The model is back at noon.')).toBeVisible()
    await expect(userPage.getByLabel('Question')).toBeHidden()
  } finally {
    await card.getByRole('button', { name: 'Switch on' }).click()
    await expect(card.getByRole('button', { name: 'Switch off' })).toBeVisible()
  }
})
// #endregion
