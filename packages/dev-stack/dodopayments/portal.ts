import { newId } from './ids.ts'
import type { Sandbox } from './sandbox.ts'
import { DAY_MS } from './time.ts'
import type { PortalSession } from './types.ts'

/** A link into the portal of a customer, good for a day. */
export function openPortal({ store, url }: Sandbox, customerId: string, returnUrl: string | null): string {
  const token = newId('portal')
  store.state.portals[token] = {
    customerId,
    returnUrl,
    expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
  }
  store.save()
  return `${url()}/portal/${token}`
}

/** Undefined when the link is wrong or its day is over. */
export function findPortal({ store }: Sandbox, token = ''): PortalSession | undefined {
  const portal = store.state.portals[token]
  return portal && new Date(portal.expiresAt) > new Date() ? portal : undefined
}
