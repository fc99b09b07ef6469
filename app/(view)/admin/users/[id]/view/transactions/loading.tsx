export { default } from '@/app/(protected)/transactions/loading'
