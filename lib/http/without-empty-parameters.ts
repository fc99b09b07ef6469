/** The address without the parameters that are empty, as a form sends them without scripts; null where none is. */
export function withoutEmptyParameters(address: string | URL): URL | null {
  const url = new URL(address)
  const all = [...url.searchParams]
  const given = all.filter(([, value]) => value !== '')
  if (given.length === all.length) return null
  url.search = new URLSearchParams(given).toString()
  return url
}

/** The same of a query that is not an address yet: what is not given is not there. */
export function withoutEmpty(query: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
