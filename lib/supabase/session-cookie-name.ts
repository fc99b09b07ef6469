/** As supabase-js names it by itself: after the first part of the project's host. */
export function usualCookieName(supabaseUrl: string): string {
  return `sb-${new URL(supabaseUrl).hostname.split('.')[0]}-auth-token`
}

/**
 * The name of the session's cookie: the usual one, with the port where there is one. Cookies know no ports, so two
 * projects on one machine would sign each other out.
 */
export function sessionCookieName(supabaseUrl: string): string {
  const { port } = new URL(supabaseUrl)
  const usual = usualCookieName(supabaseUrl)
  return port ? usual.replace(/-auth-token$/, `-${port}-auth-token`) : usual
}
