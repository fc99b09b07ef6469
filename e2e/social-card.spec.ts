import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { AppHeader, SocialCardPage } from './pages/index.ts'
import { balanceOf } from './support/ledger.ts'

test('a card is drawn at the size that was paid for', async ({ userPage: page }) => {
  const tool = new SocialCardPage(page)
  await tool.open()
  await tool.write('Every credit counted')
  await expect(tool.run).toHaveText('Draw · 3 credits')
  await page.getByRole('radio', { name: '1,200 px' }).click()
  await expect(tool.run).toHaveText('Draw · 5 credits')
  await tool.run.click()
  await expect(tool.result).toContainText('1,200 × 630 px · 5 credits spent')
  await expect(new AppHeader(page).balance).toHaveText('95')
  const source = await tool.result.getByRole('img').getAttribute('src')
  const bytes = Buffer.from(source?.replace('data:image/png;base64,', '') ?? '', 'base64')
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
})

test('letters a card cannot have are refused in words, and nothing is charged', async ({
  userPage: page,
  user,
  sql,
}) => {
  const tool = new SocialCardPage(page)
  await tool.open()
  await tool.write('Launch 🚀')
  await tool.run.click()
  await expect(page.getByText('Use Latin letters, digits and punctuation only.')).toBeVisible()
  expect(await balanceOf(sql, user.id)).toBe(100)
})

test('what is wrong with a field is said there, takes the focus, and goes with the next letter', async ({
  userPage: page,
}) => {
  const tool = new SocialCardPage(page)
  await tool.open()
  for (const title of ['Launch 🚀', 'إطلاق', '発売']) {
    await tool.write(title)
    await tool.run.click()
    const field = page.getByLabel('Title', { exact: true })
    await expect(field).toHaveAccessibleDescription('Use Latin letters, digits and punctuation only.')
    await expect(field).toBeFocused()
    await expect(page.getByText('The run failed')).toBeHidden()
    await tool.write('Launch')
    await expect(field).toHaveAccessibleDescription('')
  }
})
