import { brand } from '@/lib/brand'
import type { MailContent } from '@/lib/mail/mail-content'

type AuthMail = MailContent & { recipient: string }

const EMAIL = '{{ .Email }}'

/**
 * @param query what the link carries besides the token, for /auth/confirm of the app
 * @param address whose account it opens; the page there shows it, and holds the account against it
 */
function linkWith(query: string, address = EMAIL): string {
  return `{{ .SiteURL }}/auth/confirm?token_hash={{ .TokenHash }}&${query}&email=${address}`
}

/**
 * What Supabase Auth mails, by the name of the template. `{{ .Variables }}` are filled in there; use no conditionals, as
 * they come out escaped. Subjects go to supabase/config.toml.
 */
export const authMails: Record<string, AuthMail> = {
  confirmation: {
    recipient: EMAIL,
    subject: 'Confirm your e-mail address',
    preview: 'Confirm your address and choose your password.',
    title: 'Confirm your e-mail address',
    paragraphs: [
      `Welcome to ${brand.name}. Confirm that ${EMAIL} is yours, choose your password, and you can start.`,
    ],
    button: { label: 'Confirm my address', url: linkWith('type=signup&next={{ .RedirectTo }}') },
    notes: [
      {
        text: 'The link works once, within an hour. If you did not sign up, you can ignore this message.',
      },
    ],
  },
  magic_link: {
    recipient: EMAIL,
    subject: 'Your sign-in link',
    preview: `Opens ${brand.name} and signs you in.`,
    title: 'Your sign-in link',
    paragraphs: [`This link signs you in to ${brand.name} as ${EMAIL}. No password needed.`],
    button: { label: 'Sign in', url: linkWith('type=email&next={{ .RedirectTo }}') },
    notes: [
      {
        text: 'The link works once, within an hour. If you did not ask for it, you can ignore this message: nobody can sign in without it.',
      },
    ],
  },
  recovery: {
    recipient: EMAIL,
    subject: 'Choose a new password',
    preview: 'Follow the link to set a new password.',
    title: 'Choose a new password',
    paragraphs: [`Someone, hopefully you, asked for a new password for ${EMAIL}.`],
    button: { label: 'Choose a new password', url: linkWith('type=recovery&next={{ .RedirectTo }}') },
    notes: [
      {
        text: 'The link works once, within an hour. If it was not you, ignore this message and your password stays as it is.',
      },
    ],
  },
  email_change: {
    recipient: `${EMAIL} and {{ .NewEmail }}`,
    subject: 'Confirm your new e-mail address',
    preview: 'Confirm the change of your address.',
    title: 'Confirm your new e-mail address',
    paragraphs: [
      `You asked to change the address of your ${brand.name} account from ${EMAIL} to {{ .NewEmail }}. It changes once both addresses have confirmed.`,
    ],
    button: {
      label: 'Confirm the change',
      url: linkWith('type=email_change&next={{ .RedirectTo }}', '{{ .NewEmail }}'),
    },
    notes: [
      {
        text: 'The link works once, within an hour. If you did not ask for this, do not confirm, and change your password.',
      },
    ],
  },
  invite: {
    recipient: EMAIL,
    subject: `You have been invited to ${brand.name}`,
    preview: `Accept the invitation to ${brand.name}.`,
    title: 'You have been invited',
    paragraphs: [`You have been invited to ${brand.name} as ${EMAIL}. Accept, and choose your password.`],
    button: { label: 'Accept the invitation', url: linkWith('type=invite&next={{ .RedirectTo }}') },
    notes: [
      {
        text: 'The link works once, within an hour. If you were not expecting this, you can ignore it.',
      },
    ],
  },
}
