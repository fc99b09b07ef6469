export { default } from '@/app/(protected)/tools/[tool]/loading'
