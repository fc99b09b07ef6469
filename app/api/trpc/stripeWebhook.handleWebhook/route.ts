/** The address that field guides give Stripe, for who has set it up there already. */
export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '@/app/api/stripe/webhook/route'
