import 'server-only'
import { revalidatePath } from 'next/cache'
import { logger } from '@/lib/logger'

/**
 * Has the public pages made anew by whoever opens one next: what they tell of the catalog has changed. Called once the
 * change is saved, so it never fails: where Next.js cannot be told, as outside of a request, they follow by themselves.
 */
export function refreshPublicPages(): void {
  try {
    // With its group: Next.js knows pages by the folders they stand in.
    revalidatePath('/(marketing)/cached/[edition]', 'layout')
  } catch (error) {
    logger.warn('The public pages could not be made anew; they follow within 30 seconds.', { error })
  }
}
