import { readFile } from 'node:fs/promises'
import type { App } from '@supabase/lite'
import { type ApiConfig, type MailTemplate, templateFile } from '../config.ts'
import { toPlainText } from './plain-text.ts'
import type { Redirects } from './redirects.ts'
import { renderSubject, renderTemplate } from './render-template.ts'

export type Mail = { to: string; subject: string; html: string; text: string }
export type SendMail = (mail: Mail) => void | Promise<void>

/** What the library that signs people in expects of a mailer. */
type EngineMailer = NonNullable<App['_mailer']>

/** A code and the hash of it that a link carries: either proves that the mail was read. */
export type OneTimeToken = { code: string; hash: string }

export type Mailer = {
  sendConfirmation(to: string, token: OneTimeToken): Promise<void>
  sendInvite(to: string, token: OneTimeToken): Promise<void>
  /** Asks both addresses. */
  sendEmailChange(change: EmailChange): Promise<void>
  /** The same mails, as the library asks for them. */
  engine: EngineMailer
}

type EmailChange = { from: string; to: string; currentToken: OneTimeToken; newToken: OneTimeToken }

type Options = { config: ApiConfig; redirects: Redirects; siteUrl: string; publicUrl: string; send: SendMail }

/** Sends the templates of supabase/config.toml, read anew for each mail so that an edit shows at once. */
export function createMailer({ config, redirects, siteUrl, publicUrl, send }: Options): Mailer {
  async function deliver(
    template: MailTemplate,
    type: string,
    to: string,
    { code, hash }: OneTimeToken,
    addresses = { Email: to, NewEmail: to },
  ): Promise<void> {
    const redirectTo = redirects.current()
    const variables = {
      SiteURL: siteUrl,
      ConfirmationURL: `${publicUrl}/auth/v1/verify?${new URLSearchParams({ token: hash, type, redirect_to: redirectTo })}`,
      RedirectTo: redirectTo,
      TokenHash: hash,
      Token: code,
      ...addresses,
    }
    const html = renderTemplate(await readFile(templateFile(config, template), 'utf8'), variables)
    const subject = renderSubject(config.auth.email.template[template].subject, variables)
    await send({ to, subject, html, text: toPlainText(html) })
  }

  const mailer: Omit<Mailer, 'engine'> = {
    sendConfirmation: (to, token) => deliver('confirmation', 'signup', to, token),
    sendInvite: (to, token) => deliver('invite', 'invite', to, token),
    async sendEmailChange({ from, to, currentToken, newToken }) {
      const addresses = { Email: from, NewEmail: to }
      await deliver('email_change', 'email_change', from, currentToken, addresses)
      await deliver('email_change', 'email_change', to, newToken, addresses)
    },
  }

  const engine: EngineMailer = {
    sendConfirmation: (to, hash, code) => mailer.sendConfirmation(to, { code, hash }),
    sendMagicLink: (to, hash, code) => deliver('magic_link', 'magiclink', to, { code, hash }),
    sendRecovery: (to, hash, code) => deliver('recovery', 'recovery', to, { code, hash }),
    async sendEmailChange(from, hash, code, meta) {
      const { newEmail, tokenNew, tokenHashNew } = meta ?? {}
      if (!newEmail || !tokenNew || !tokenHashNew)
        throw new Error('A change of address needs both addresses.')
      await mailer.sendEmailChange({
        from,
        to: newEmail,
        currentToken: { code, hash },
        newToken: { code: tokenNew, hash: tokenHashNew },
      })
    },
    async sendReauthentication() {
      throw new Error('The embedded Auth does not reauthenticate.')
    },
  }
  return { ...mailer, engine }
}
