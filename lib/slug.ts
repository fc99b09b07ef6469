/** A name in plain letters and digits with dashes between: `Café Tools` is `cafe-tools`. Empty where it has neither. */
export function toSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
