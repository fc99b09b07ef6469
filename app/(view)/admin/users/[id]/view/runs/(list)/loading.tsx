export { default } from '@/app/(protected)/runs/(list)/loading'
