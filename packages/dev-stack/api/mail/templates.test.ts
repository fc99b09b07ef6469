import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createMailer, type Mail } from './mailer.ts'
import { createRedirects } from './redirects.ts'
import { renderTemplate } from './render-template.ts'

/** The checkout, whose templates these are. */
const PROJECT_DIRECTORY = `${import.meta.dirname}/../../../..`
const SITE = 'http://localhost:3000'
const TOKEN = { code: '123456', hash: 'abc' }

describe('mail templates', () => {
  async function collect(send: (mailer: ReturnType<typeof createMailer>) => Promise<void>): Promise<Mail[]> {
    const mails: Mail[] = []
    const redirects = createRedirects(SITE, [])
    const config = await readConfig(PROJECT_DIRECTORY)
    const mailer = createMailer({
      config,
      redirects,
      siteUrl: SITE,
      publicUrl: 'http://api.test',
      send: (mail) => void mails.push(mail),
    })
    await redirects.run(`${SITE}/dashboard?a=1&b=2`, () => send(mailer))
    return mails
  }

  it('says everything in plain text too, the link included', async () => {
    const [mail] = await collect((mailer) => mailer.sendConfirmation('ada@example.com', TOKEN))
    expect(mail?.subject).toBe('Confirm your e-mail address')
    const next = encodeURIComponent(`${SITE}/dashboard?a=1&b=2`)
    expect(mail?.text).toContain(
      `Confirm my address\n${SITE}/auth/confirm?token_hash=abc&type=signup&next=${next}&email=ada%40example.com`,
    )
    expect(mail?.text).toContain('Confirm that ada@example.com is yours')
    expect(mail?.text).not.toMatch(/[<>{}]/)
  })

  it('gives each kind of mail the link that redeems it', async () => {
    const mails = await collect(async ({ sendInvite, sendEmailChange, engine }) => {
      await sendInvite('a@example.com', TOKEN)
      await engine.sendMagicLink('a@example.com', 'abc', '1')
      await engine.sendRecovery('a@example.com', 'abc', '1')
      await sendEmailChange({
        from: 'a@example.com',
        to: 'b@example.com',
        currentToken: TOKEN,
        newToken: TOKEN,
      })
    })
    const types = mails.map(
      (mail) => /\/auth\/confirm\?token_hash=abc&amp;type=(\w+)&amp;next=/.exec(mail.html)?.[1],
    )
    expect(types).toEqual(['invite', 'email', 'recovery', 'email_change', 'email_change'])
    expect(mails.map((mail) => mail.to).slice(3)).toEqual(['a@example.com', 'b@example.com'])
  })

  it('lets no address smuggle markup into a mail', () => {
    const variables = {
      SiteURL: SITE,
      ConfirmationURL: '',
      RedirectTo: '"><script>',
      TokenHash: 'a b',
      Token: '',
      Email: '<b>"x"</b>@example.com',
      NewEmail: '',
    }
    const template = '<a href="{{ .SiteURL }}/?t={{ .TokenHash }}&n={{.RedirectTo}}">{{ .Email }}</a>'
    expect(renderTemplate(template, variables)).toBe(
      `<a href="${SITE}/?t=a%20b&n=%22%3E%3Cscript%3E">&lt;b&gt;&quot;x&quot;&lt;/b&gt;@example.com</a>`,
    )
  })
})
