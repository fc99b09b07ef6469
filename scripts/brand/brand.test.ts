import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { brand } from '@/lib/brand'
import layout from '@/lib/mail/layout.json'
import { palette } from '@/lib/palette'
import { renderTemplate } from '../../packages/dev-stack/api/mail/render-template.ts'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { authMails } from './auth-mails'
import { brandFiles } from './brand-files'
import { renderMailLayout } from './mail-layout'

const VARIABLES = {
  SiteURL: 'https://app.test',
  ConfirmationURL: '',
  RedirectTo: 'https://app.test/dashboard?a=1&b=2',
  TokenHash: 'abc',
  Token: '',
  Email: '<b>ada@example.com',
  NewEmail: '<i>eve@example.com',
}

describe('npm run brand', () => {
  it('was run since the brand or the layout of the mails changed', async () => {
    expect(layout).toEqual(await renderMailLayout())
    for (const [path, content] of Object.entries(await brandFiles(PROJECT_DIRECTORY))) {
      // Pictures differ by a bit or two from one kind of machine to another.
      if (typeof content !== 'string') continue
      expect(await readFile(join(PROJECT_DIRECTORY, path), 'utf8'), path).toBe(content)
    }
  })

  it('draws the pictures in the color of the brand', async () => {
    const picture = sharp(join(PROJECT_DIRECTORY, 'public/apple-icon.png'))
    const [r = 0, g = 0, b = 0] = await picture
      .extract({ left: 4, top: 4, width: 1, height: 1 })
      .raw()
      .toBuffer()
    expect(`#${Buffer.from([r, g, b]).toString('hex')}`).toBe(palette.light.accent)
  })

  it('makes a favicon.ico of three sizes', async () => {
    const icon = await readFile(join(PROJECT_DIRECTORY, 'public/favicon.ico'))
    const sizes = [0, 1, 2].map(async (index) => {
      const [length, offset] = [icon.readUInt32LE(14 + 16 * index), icon.readUInt32LE(18 + 16 * index)]
      return (await sharp(icon.subarray(offset, offset + length)).metadata()).width
    })
    expect(await Promise.all(sizes)).toEqual([16, 32, 48])
  })
})

describe.each(Object.keys(authMails))('the mail template %s', (name) => {
  const readTemplate = () => readFile(join(PROJECT_DIRECTORY, `supabase/templates/${name}.html`), 'utf8')

  it('uses plain variables, which Auth knows', async () => {
    const placeholders = (await readTemplate()).match(/\{\{.*?\}\}/g) ?? []
    const known = Object.keys(VARIABLES).map((variable) => `{{ .${variable} }}`)
    expect(known).toEqual(expect.arrayContaining(placeholders))
    expect(await readTemplate()).not.toContain('[[')
  })

  it('carries the name, the link and the address, which brings no markup with it', async () => {
    const html = renderTemplate(await readTemplate(), VARIABLES)
    expect(html).toContain(brand.name)
    expect(html).toContain('href="https://app.test/auth/confirm?token_hash=abc&amp;type=')
    expect(html).toContain('&lt;b&gt;ada@example.com')
    expect(html).not.toMatch(/\{\{|\}\}|<b>|<i>/)
  })

  it('loads nothing from anywhere', async () => {
    expect(await readTemplate()).not.toMatch(/<img|<link|src=|url\(/)
  })
})
