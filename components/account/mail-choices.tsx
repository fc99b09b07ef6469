import { MAIL_CHOICES } from '@/lib/mail/mail-choices'
import { MailSwitch } from './mail-switch'

/** Which mails somebody gets: a switch for each that is a choice, and why the others are none. */
export function MailChoices({ unwanted }: { unwanted: readonly string[] }) {
  return (
    <div className="grid max-w-md gap-5">
      <ul className="grid gap-4">
        {MAIL_CHOICES.map(({ id, name, description }) => (
          <li key={id}>
            <MailSwitch choice={id} name={name} description={description} wanted={!unwanted.includes(id)} />
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground text-sm">
        Always sent: receipts, refunds, disputes and what happens to your plan, because they prove what you
        paid; changes of your password or address, because they warn you if it was not you.
      </p>
    </div>
  )
}
