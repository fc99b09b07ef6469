import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { readLedger } from './support/ledger.ts'
import { expectRefusal } from './support/refusal.ts'

test('a held sign-up bonus is found and released by an admin, once', async ({
  adminPage: page,
  userPage,
  user,
  sql,
}) => {
  await sql`
    with held as (
      insert into auth.users (id, email) values (gen_random_uuid(), ${`held-${user.email}`}) returning id
    )
    insert into signup_bonuses (mailbox_hash, user_id, status, client_network)
    select id::text, id, 'held', '203.0.113.7' from held`
  const [held] = await sql<{ id: string }[]>`select id from profiles where email = ${`held-${user.email}`}`
  const id = held?.id ?? ''
  const asUser = await callApi(userPage, '/api/admin/signup-bonuses', { userId: id })
  expectRefusal(asUser, 403, 'forbidden', 'released by a user')

  await page.goto('/admin/users')
  await expect(page.getByRole('heading', { name: 'Held sign-up bonuses' })).toBeVisible()
  await page.goto(`/admin/users/${id}`)
  await expect(page.getByText('Too many accounts were confirmed from 203.0.113.7')).toBeVisible()
  await page.getByRole('button', { name: 'Release the bonus' }).click()
  await expect(page.getByText('The sign-up bonus is held')).toBeHidden()
  await expect(page.getByRole('listitem').filter({ hasText: 'Sign-up bonus released' })).toBeVisible()
  expect(await readLedger(sql, id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })

  const again = await callApi(page, '/api/admin/signup-bonuses', { userId: id })
  expectRefusal(again, 409, 'bonus_not_held', 'released again')
  expect(await readLedger(sql, id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})

// #region payments
test('an admin moves a customer to another address, and not to one that is taken', async ({
  adminPage: page,
  userPage,
  user,
  admin,
}) => {
  for (const buyer of [userPage, page]) {
    expect((await callApi(buyer, '/api/dodopayments/checkout', { packageId: 'starter' })).status).toBe(200)
  }
  const move = async (email: string) => {
    await page.getByLabel('New address').fill(email)
    await page.getByLabel('Reason').last().fill('They asked for it')
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
  }
  await page.goto(`/admin/users/${user.id}`)
  await page.getByRole('button', { name: 'Move' }).click()
  await move(admin.email)
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('refused the address')
  await move(`billing-${user.email}`)
  await expect(page.getByText('The customer has the new address')).toBeVisible()
  await expect(page.getByRole('main').getByText(`billing-${user.email}`, { exact: true })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'They asked for it' })).toContainText(admin.email)

  const asUser = { userId: user.id, email: user.email, reason: 'Mine again' }
  expectRefusal(await callApi(userPage, '/api/admin/customers', asUser), 403, 'forbidden', 'moved by a user')
})
// #endregion
