import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, test } from './fixtures.ts'
import { AppHeader, ImageConverterPage } from './pages/index.ts'
import { convertImages, slowImage } from './support/convert-images.ts'
import { balanceOf, readLedger } from './support/ledger.ts'

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

/** Starts a run that takes some seconds. */
async function startSlowRun(page: Page): Promise<ImageConverterPage> {
  const buffer = Buffer.from(await (await slowImage()).arrayBuffer())
  const tool = new ImageConverterPage(page)
  await tool.open()
  await tool.choose(
    ...[1, 2, 3, 4].map((number) => ({ name: `${number}.png`, mimeType: 'image/png', buffer })),
  )
  await page.getByText('AVIF', { exact: true }).click()
  await tool.run.click()
  return tool
}

test('who follows a link during a run finds its result on return, and has paid once', async ({
  userPage: page,
  user,
  sql,
}) => {
  const pageLeft = Promise.withResolvers<void>()
  await page.route('/api/tools/image-converter', async (route) => {
    const response = await route.fetch({ timeout: 60_000 })
    await pageLeft.promise
    await route.fulfill({ response })
  })
  const tool = await startSlowRun(page)
  const menu = page.getByRole('navigation', { name: 'Main' })
  await menu.getByRole('link', { name: 'Transactions' }).click()
  await expect(page.getByRole('heading', { name: 'Transactions' })).toBeVisible()
  pageLeft.resolve()
  const told = page.getByRole('listitem').filter({ hasText: 'Your run has finished: 4 credits spent' })
  await told.getByRole('link', { name: 'See result' }).click()
  await expect(page).toHaveURL('/tools/image-converter')
  await expect(tool.result).toContainText('4 of 4 converted')
  expect(await readLedger(sql, user.id)).toEqual({ balance: 96, rows: ['signup_bonus 100', 'deduction -4'] })

  await menu.getByRole('link', { name: 'Runs' }).click()
  const run = page.getByRole('row').filter({ hasText: 'Convert images' })
  await expect(run).toContainText('Finished')
  await run.getByRole('link').click()
  await expect(tool.result).toContainText('4 of 4 converted')
})

test('who loads the page again during a run is told that it was stopped, and gets the credits back', async ({
  userPage: page,
  user,
  sql,
}) => {
  await startSlowRun(page)
  const runs = () => sql`select status, charged::int from runs where user_id = ${user.id}`
  await expect
    .poll(async () => [...(await runs())], { intervals: [20] })
    .toEqual([{ status: 'running', charged: 0 }])
  await page.reload()
  await expect(page.getByTestId('last-run')).toContainText(
    'Your last run was stopped before it finished. You were not charged.',
  )
  expect([...(await runs())]).toEqual([{ status: 'aborted', charged: 0 }])
  expect(await readLedger(sql, user.id)).toEqual({
    balance: 100,
    rows: ['signup_bonus 100', 'deduction -4', 'refund 4'],
  })
  await page.getByRole('link', { name: 'See the run' }).click()
  await expect(page.getByText('The request was canceled. You were not charged.')).toBeVisible()
})

test('more pixels than are converted are refused before anything is charged', async ({
  userPage,
  user,
  sql,
}) => {
  const response = await convertImages(userPage.context(), { files: [await slowImage(7_100)] })
  expect(response.status).toBe(413)
  expect(await response.json()).toEqual({
    error: 'too_many_pixels',
    message: 'Each image can have up to 50 million pixels.',
    maxPixels: 50_000_000,
  })
  expect(await readLedger(sql, user.id)).toEqual({ balance: 100, rows: ['signup_bonus 100'] })
})

test('conversions that are abandoned end at once, and make room for the next', async ({
  userPage,
  user,
  sql,
}) => {
  const context = userPage.context()
  const abandoned = new AbortController()
  const file = await slowImage(7_000)
  const sent = Array.from({ length: 4 }, () =>
    convertImages(context, { files: [file], signal: abandoned.signal }).catch(() => 'abandoned'),
  )
  const holds = () => sql`select status from credit_holds where user_id = ${user.id}`
  await expect.poll(async () => (await holds()).length, { intervals: [20] }).toBe(4)
  abandoned.abort()
  expect(await Promise.all(sent)).toEqual(Array(4).fill('abandoned'))
  await expect.poll(async () => [...(await holds())]).toEqual(Array(4).fill({ status: 'released' }))
  const next = await convertImages(context, { files: [await slowImage(100)] })
  expect(await next.json()).toMatchObject({ converted: 1, newBalance: 99 })
})
