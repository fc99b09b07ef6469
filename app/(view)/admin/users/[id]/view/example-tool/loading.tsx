export { default } from '@/app/(protected)/example-tool/loading'
