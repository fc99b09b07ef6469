import 'server-only'
import { headers } from 'next/headers'
import { z } from 'zod'
import { clientNetwork } from '@/lib/http/client-address'
import { callFunction } from '@/lib/supabase/call-function'

/** Notes from where an address is about to be confirmed: the sign-up bonus is limited by that. */
export async function recordConfirmingClient(email: string): Promise<void> {
  const args = { p_email: email, p_network: clientNetwork(await headers()) }
  await callFunction('record_confirming_client', args, z.unknown())
}
