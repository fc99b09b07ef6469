export { default } from '@/app/(protected)/runs/[id]/loading'
