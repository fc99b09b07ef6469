/**
 * The API from outside of the app: what is for sale, and what somebody who is signed in has.
 *
 *   APP_URL=https://app.example COOKIE='<the cookies of a session>' node docs/examples/credits.ts
 *
 * Programs of your users call /api/v1 with a key instead: see docs/api.md.
 */
import { createApiClient } from '../../lib/api-client/index.ts'
import { ApiCallError } from '../../lib/http/api-client.ts'

const { APP_URL: baseUrl = 'http://localhost:3000', COOKIE: cookie = '' } = process.env
const client = createApiClient({ baseUrl, headers: { cookie } })

// #region payments
for (const { name, creditAmount, creditType, price, currency } of await client.credits.getPackages()) {
  process.stdout.write(`${name}: ${creditAmount} ${creditType} for ${price} (minor units of ${currency})\n`)
}
// #endregion
try {
  for (const [creditType, { balance }] of Object.entries(await client.credits.getBalances())) {
    process.stdout.write(`You have ${balance} ${creditType}.\n`)
  }
} catch (error) {
  if (!(error instanceof ApiCallError)) throw error
  process.stdout.write(`${error.code}: ${error.message}\n`)
}
