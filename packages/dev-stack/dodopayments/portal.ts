import { newId } from './ids.ts'
import { DAY_MS } from './time.ts'
import type { PortalSession, SandboxState } from './types.ts'

/** What of a sandbox the portal needs. */
export type PortalSandbox = {
  store: { readonly state: Pick<SandboxState, 'portals'>; save(): void }
  url(): string
}

/** A link into the portal of a customer, good for a day. */
export function openPortal(
  { store, url }: PortalSandbox,
  customerId: string,
  returnUrl: string | null,
): string {
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
export function findPortal({ store }: PortalSandbox, token = ''): PortalSession | undefined {
  const portal = store.state.portals[token]
  return portal && new Date(portal.expiresAt) > new Date() ? portal : undefined
}
