export { default } from '@/app/(protected)/billing/loading'
