import type { Engine } from './engine.ts'

export type Person = { id: string; email: string; name: string }

/** The password of everybody whom only the demo has. */
export const DEMO_PASSWORD = 'demo-password'

const person = (number: number, name: string, email: string): Person => ({
  id: `d0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`,
  name,
  email,
})

/** Who is in the story. The first two are in every local database; nobody else exists. */
export const CAST = {
  ada: { id: 'a0000000-0000-4000-8000-000000000001', name: 'Ada Admin', email: 'admin@example.test' },
  uma: { id: 'a0000000-0000-4000-8000-000000000002', name: 'Uma User', email: 'user@example.test' },
  priya: person(3, 'Priya Raman', 'priya@northwind.example'),
  jonas: person(4, 'Jonas Weber', 'jonas@weber.example'),
  mara: person(5, 'Mara Lindqvist', 'mara@studiolind.example'),
  tom: person(6, 'Tom Okafor', 'tom@okafor.example'),
  lucia: person(7, 'Lucía Fernández', 'lucia@casafdez.example'),
  chen: person(8, 'Chen Wei', 'chen@weimedia.example'),
  elena: person(9, 'Elena Petrova', 'elena@petrova.example'),
  sam: person(10, 'Sam Brooks', 'sam@brooks.example'),
  oliver: person(11, 'Oliver Grant', 'oliver@grantandco.example'),
  noor: person(12, 'Noor Haddad', 'noor@haddad.example'),
} as const satisfies Record<string, Person>

/** Signs somebody up at Auth, with an address that is confirmed: their profile, wallet and bonus follow from it. */
export async function signUp({ owner }: Engine, { id, email, name }: Person): Promise<void> {
  const metadata = { sub: id, email, email_verified: true, phone_verified: false, name }
  await owner.begin(async (sql) => {
    await sql`
      insert into auth.users (
        instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
        raw_user_meta_data, created_at, updated_at, last_sign_in_at,
        confirmation_token, recovery_token, email_change, email_change_token_new
      )
      values (
        '00000000-0000-0000-0000-000000000000', ${id}, 'authenticated', 'authenticated', ${email},
        extensions.crypt(${DEMO_PASSWORD}, extensions.gen_salt('bf', 10)), now(),
        '{"provider": "email", "providers": ["email"]}', ${sql.json(metadata)}, now(), now(), now(),
        '', '', '', ''
      )`
    await sql`
      insert into auth.identities
        (provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at)
      values ('email', ${id}, ${id}, ${sql.json(metadata)}, now(), now(), now())`
  })
}
