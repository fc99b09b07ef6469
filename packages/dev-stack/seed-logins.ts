/** The people of supabase/seed.sql, by the names `.local/env` gives them. */
export const SEED_LOGINS = {
  SEED_USER_EMAIL: 'user@livebalance.test',
  SEED_USER_PASSWORD: 'livebalance-user',
  SEED_ADMIN_EMAIL: 'admin@livebalance.test',
  SEED_ADMIN_PASSWORD: 'livebalance-admin',
} as const
