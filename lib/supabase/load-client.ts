/** The client of this tab, loaded by whoever needs it first: no page has to wait for it to be shown. */
export async function loadClient() {
  const { createClient } = await import('./browser')
  return createClient()
}
