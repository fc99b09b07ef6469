/** A base URL as the SDK takes it: in parts. */
export function addressOf(baseUrl: string) {
  const { hostname, port, protocol } = new URL(baseUrl)
  const isSecure = protocol === 'https:'
  return {
    host: hostname,
    port: port || (isSecure ? 443 : 80),
    protocol: isSecure ? ('https' as const) : ('http' as const),
  }
}
