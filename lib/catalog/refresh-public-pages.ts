import 'server-only'
import { revalidatePath } from 'next/cache'

/** Has the public pages made anew by whoever opens one next: what they tell of the catalog has changed. */
export function refreshPublicPages(): void {
  // With its group: Next.js knows pages by the folders they stand in.
  revalidatePath('/(marketing)/cached/[edition]', 'layout')
}
