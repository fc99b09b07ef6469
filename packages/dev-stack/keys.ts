import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What only this installation knows. Written once per data directory, readable by its owner alone. */
export type LocalKeys = {
  /** `sb_publishable_…`: what a browser sends; the role `anon` until somebody signs in. */
  publishableKey: string
  /** `sb_secret_…`: the server's key; the role `service_role`. */
  secretKey: string
  /** API key the DodoPayments sandbox accepts. */
  dodoApiKey: string
  /** `whsec_…`: what the DodoPayments sandbox signs its webhooks with. */
  dodoWebhookKey: string
  /** What a scheduler sends to `/api/cron/*`. */
  cronSecret: string
}

/** Reads the keys of a data directory; the first call makes them. */
export async function loadKeys(directory: string): Promise<LocalKeys> {
  const file = join(directory, 'keys.json')
  const fresh = makeKeys()
  const stored: Partial<LocalKeys> = await readFile(file, 'utf8').then(JSON.parse, () => ({}))
  const keys = { ...fresh, ...stored }
  if (Object.keys(fresh).some((name) => !(name in stored))) {
    await mkdir(directory, { recursive: true })
    await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    await chmod(file, 0o600)
  }
  return keys
}

function makeKeys(): LocalKeys {
  return {
    publishableKey: `sb_publishable_${random(22)}`,
    secretKey: `sb_secret_${random(22)}`,
    dodoApiKey: `dodo_sandbox_${random(22)}`,
    dodoWebhookKey: `whsec_${randomBytes(24).toString('base64')}`,
    cronSecret: random(24),
  }
}

function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
