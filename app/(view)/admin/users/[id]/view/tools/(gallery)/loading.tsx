export { default } from '@/app/(protected)/tools/(gallery)/loading'
