import { notFound } from 'next/navigation'

/** Where next.config.ts leads from an address below a signed-in page that has none: told so within the frame. */
export default function NothingHerePage() {
  notFound()
}
