import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { AppHeader, ImageConverterPage } from './pages/index.ts'
import { balanceOf } from './support/ledger.ts'

const draw = async (name: string, background = 'teal') => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer(),
})
const broken = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }

test('a batch of images costs what worked, and each can be saved', async ({ userPage: page, user, sql }) => {
  const tool = new ImageConverterPage(page)
  await tool.open()
  await expect(tool.run).toBeDisabled()
  await tool.choose(await draw('one.png'), broken)
  await tool.choose(await draw('two.png', 'navy'), await draw('one too many.png'))
  await expect(tool.chosen).toHaveCount(4)
  await page.getByRole('button', { name: 'Remove one too many.png' }).click()
  await expect(tool.run).toHaveText('Convert · 3 credits')

  await tool.run.click()
  await expect(tool.result).toContainText('2 of 3 converted')
  await expect(tool.result).toContainText('2 credits spent')
  await expect(tool.result.getByRole('listitem').filter({ hasText: 'notes.png' })).toContainText(
    'This file could not be read as an image.',
  )
  await expect(new AppHeader(page).balance).toHaveText('98')

  const download = page.waitForEvent('download')
  await tool.result.getByRole('link', { name: /^Save two\.webp/ }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('two.webp')
  const bytes = await readFile(await saved.path())
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 64, height: 48 })
  await expect.poll(() => balanceOf(sql, user.id)).toBe(98)

  await page.goto('/transactions')
  const refund = page.getByRole('row').filter({ hasText: 'Convert images: cost less than its price' })
  await expect(refund).toContainText('+1')
})

test('a batch in which nothing works costs nothing, and says so', async ({ userPage: page, user, sql }) => {
  const tool = new ImageConverterPage(page)
  await tool.open()
  await tool.choose(broken)
  await tool.run.click()
  await expect(
    page.getByText('None of these files could be read as an image. You were not charged.'),
  ).toBeVisible()
  expect(await balanceOf(sql, user.id)).toBe(100)
  await expect(new AppHeader(page).balance).toHaveText('100')
})

test('eleven images are too many before anything is sent', async ({ userPage: page }) => {
  const tool = new ImageConverterPage(page)
  await tool.open()
  const files = await Promise.all(Array.from({ length: 11 }, (_, index) => draw(`${index}.png`)))
  await tool.choose(...files)
  await expect(tool.run).toBeDisabled()
  await expect(page.getByText('Choose at most 10 images.')).toBeVisible()
})
