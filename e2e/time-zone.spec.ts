import { expect, test } from './fixtures.ts'
import { charge } from './support/ledger.ts'

test.describe('a reader in Japan whose browser speaks German', () => {
  test.use({ timezoneId: 'Asia/Tokyo', locale: 'de-DE' })

  test('sees the times of Japan and German numbers, until another zone is chosen', async ({
    userPage: page,
    user,
    sql,
  }) => {
    await sql`select public.add_credits(${user.id}, 12_400, p_action => 'purchase', p_description => 'A package')`
    await charge(sql, user.id, { amount: 1 })
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.goto('/settings')
    await expect(page.getByText('Times are shown in Asia/Tokyo now.')).toBeVisible()
    await expect(page.getByTestId('credit-balance')).toHaveText('12.499')

    await page.getByLabel('Time zone').selectOption('America/New_York')
    await page.getByRole('button', { name: 'Save time zone' }).click()
    await expect(page.getByText('Times are shown in America/New_York now.')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Time zone')).toHaveValue('America/New_York')

    await page.getByLabel('Time zone').selectOption('')
    await page.getByRole('button', { name: 'Save time zone' }).click()
    await expect(page.getByText('Times are shown in Asia/Tokyo now.')).toBeVisible()
    expect(errors).toEqual([])
  })
})
