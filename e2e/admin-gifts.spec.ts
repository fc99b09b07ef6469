import { expect, test } from './fixtures.ts'
import { AdminGiftsPage, AppHeader } from './pages/index.ts'
import { callApi } from './support/call-api.ts'
import { balanceOf } from './support/ledger.ts'

test('an admin gives credits to a list of users, having seen who gets what', async ({
  userPage,
  adminPage,
  user,
  sql,
}) => {
  await userPage.goto('/dashboard')
  await new AppHeader(userPage).isLive()
  const gifts = new AdminGiftsPage(adminPage)
  await gifts.open()
  const reason = `Prize ${user.id.slice(0, 8)}`
  await gifts.previewList(`User,Credits\n${user.email},15\nnobody@example.test,5`, reason)
  await expect(gifts.preview).toContainText('1 user would get 15 credits in all.')
  await expect(gifts.preview).toContainText(
    'No open account was found for 1 of the lines: nobody@example.test',
  )
  expect(await balanceOf(sql, user.id)).toBe(100)
  await gifts.preview.getByRole('button', { name: 'Give 15 credits to 1 user' }).click()
  await expect(gifts.preview).toContainText('1 user of 1 got theirs.')
  await expect(new AppHeader(userPage).balance).toHaveText('115')
  await expect(gifts.batch(reason)).toContainText('1 user of 1 got theirs.')
})

test('a batch by filter that was left is continued later, and gives nobody twice', async ({
  adminPage,
  user,
  sql,
}) => {
  const gifts = new AdminGiftsPage(adminPage)
  await gifts.open(`?q=${user.email}`)
  const reason = `Sorry ${user.id.slice(0, 8)}`
  await gifts.previewFilter(5, reason)
  await expect(gifts.preview).toContainText('1 user would get 5 credits in all.')
  await gifts.open()
  await gifts.batch(reason).getByRole('button', { name: /^Give/ }).click()
  await expect(gifts.batch(reason)).toContainText('1 user of 1 got theirs.')
  const [batch] = await sql<{ id: string }[]>`select id from gift_batches where reason = ${reason}`
  expect((await callApi(adminPage, '/api/admin/gifts/run', { id: batch?.id })).status).toBe(200)
  expect(await balanceOf(sql, user.id)).toBe(105)
})

test('a mistake in a list is told by its line', async ({ adminPage, user }) => {
  const gifts = new AdminGiftsPage(adminPage)
  await gifts.open()
  await gifts.previewList(`${user.email},15\n${user.email},many`, 'Prize of May')
  await expect(adminPage.getByRole('main').getByRole('alert')).toContainText(
    'Line 2 needs a whole number of credits.',
  )
  await gifts.previewList(`${user.email},15\n${user.id},15`, 'Prize of May')
  await expect(adminPage.getByRole('main').getByRole('alert')).toContainText('is named more than once')
})
