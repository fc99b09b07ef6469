import { UnauthorizedError } from '@/lib/http/errors'

/**
 * What the first secret that fits verifies. A setting holds one, or two with a comma between while one replaces the other.
 * @param verify gives null when a secret is not the one
 * @throws UnauthorizedError when none fits
 */
export function verifyWithAny<Verified extends object>(
  setting: string | undefined,
  verify: (secret: string) => Verified | null,
): Verified {
  const secrets = (setting ?? '').split(',').map((secret) => secret.trim())
  for (const secret of secrets.filter(Boolean)) {
    const verified = verify(secret)
    if (verified) return verified
  }
  throw new UnauthorizedError('The signature of this delivery is wrong or too old.')
}
