/** The path that code written for another layout imports the service by. */
export { CreditService } from '@/lib/guide-names'
