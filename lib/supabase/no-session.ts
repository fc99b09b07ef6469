/** Of a client on the server: it keeps no session, and looks for none. */
export const NO_SESSION = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
