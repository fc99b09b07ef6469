export { default } from '@/app/(protected)/settings/loading'
