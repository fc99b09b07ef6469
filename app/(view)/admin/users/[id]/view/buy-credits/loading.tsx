export { default } from '@/app/(protected)/buy-credits/loading'
