/** The people of supabase/seed.sql, by the names `.local/env` gives them. */
export const SEED_LOGINS = {
  SEED_USER_EMAIL: 'user@example.test',
  SEED_USER_PASSWORD: 'user-password',
  SEED_ADMIN_EMAIL: 'admin@example.test',
  SEED_ADMIN_PASSWORD: 'admin-password',
} as const
