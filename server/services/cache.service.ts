/** The path that code written for another layout imports the cache by. */
export { cacheService } from '@/lib/guide-names'
