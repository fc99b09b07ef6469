/** The address without the parameters that are empty, as a form sends them without scripts; null where none is. */
export function withoutEmptyParameters(address: string | URL): URL | null {
  const url = new URL(address)
  const all = [...url.searchParams]
  const given = all.filter(([, value]) => value !== '')
  if (given.length === all.length) return null
  url.search = new URLSearchParams(given).toString()
  return url
}
