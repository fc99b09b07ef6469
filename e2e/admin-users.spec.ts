import { expect, test } from './fixtures.ts'
import { AdminUsersPage } from './pages/index.ts'
import { charge } from './support/ledger.ts'

test('an admin finds somebody by name, address or id, and sees how they stand', async ({
  adminPage,
  user,
  sql,
}) => {
  await charge(sql, user.id, { amount: 30 })
  const name = `Grace ${user.id.slice(0, 8)}`
  await sql`update profiles set name = ${name} where id = ${user.id}`
  const list = new AdminUsersPage(adminPage)
  await list.open()
  for (const text of [name.toLowerCase(), user.email, user.id]) {
    await list.search(text)
    await expect(list.position).toHaveText('1–1 of 1')
    await expect(list.rowOf(user.email)).toContainText('70')
    await expect(list.rowOf(user.email)).toContainText('30')
  }
  await list.search('nobody-has-this-address')
  await expect(adminPage.getByText('Nobody found')).toBeVisible()
})

test('the list is narrowed down by how users stand', async ({ adminPage, user, admin, sql }) => {
  await sql`update credits set debt = 5 where user_id = ${user.id}`
  const list = new AdminUsersPage(adminPage)
  await list.open(`?q=${user.email}`)
  await list.choose('Debt', 'With debt')
  await adminPage.waitForURL(/debt=yes/)
  await expect(list.rowOf(user.email)).toContainText('Debt')
  await list.choose('Account', 'Banned')
  await adminPage.waitForURL(/state=banned/)
  await expect(adminPage.getByText('Nobody found')).toBeVisible()
  await list.open(`?q=${admin.email}&state=admin&max=100`)
  await expect(list.rowOf(admin.email)).toContainText('Admin')
  await list.open(`?q=${admin.email}&min=101`)
  await expect(adminPage.getByText('Nobody found')).toBeVisible()
  await sql`update credits set debt = 0 where user_id = ${user.id}`
})

test('the list is sorted, and read page by page, forwards', async ({ adminPage, user, sql }) => {
  const mark = `batch-${user.id.slice(0, 8)}`
  await sql`insert into auth.users (id, email) select gen_random_uuid(), ${mark} || i || '@example.test' from generate_series(1, 30) i`
  await sql`
    select add_credits(id, substring(email from ${`${mark}([0-9]+)@`})::int) from profiles
    where email like ${`${mark}%`}`
  const list = new AdminUsersPage(adminPage)
  await list.open(`?q=${mark}`)
  await expect(list.position).toHaveText('1–25 of 30')
  await list.sortBy('Balance')
  await adminPage.waitForURL(/sort=balance/)
  await expect(adminPage.getByRole('row').nth(1)).toContainText(`${mark}30@`)
  await adminPage.getByRole('link', { name: 'Next' }).click()
  await expect(list.position).toHaveText('26–30 of 30')
  await expect(adminPage.getByRole('row').nth(1)).toContainText(`${mark}5@`)
  await adminPage.getByRole('link', { name: 'Previous' }).click()
  await expect(list.position).toHaveText('1–25 of 30')
})

test('a balance that changes is followed', async ({ adminPage, user, sql }) => {
  const list = new AdminUsersPage(adminPage)
  await list.open(`?q=${user.email}`)
  const cell = (text: string) => list.rowOf(user.email).getByRole('cell', { name: text, exact: true })
  await expect(cell('100')).toBeVisible()
  await charge(sql, user.id, { amount: 37 })
  await expect(cell('63')).toBeVisible()
})
