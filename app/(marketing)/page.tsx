import { site } from '@/lib/site'

export default function LandingPage() {
  return <main id="content">{site.name}</main>
}
