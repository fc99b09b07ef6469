type Sender = { name: string; mailAddress: string }

/** Domains that belong to nobody (RFC 2606), as in a brand whose address was not chosen yet. */
const RESERVED = /[@.](test|example|invalid|localhost|example\.(com|net|org))$/

/** `Name <address>` where mails of the product come from by default; undefined while the address is a placeholder. */
export function defaultMailFrom({ name, mailAddress }: Sender): string | undefined {
  return RESERVED.test(mailAddress) ? undefined : `${name} <${mailAddress}>`
}
