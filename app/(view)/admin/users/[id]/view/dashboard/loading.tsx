export { default } from '@/app/(protected)/dashboard/loading'
