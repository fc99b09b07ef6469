import { notFound } from 'next/navigation'

/** What is no page of the admin area is told so within it. */
export default function MissingAdminPage() {
  notFound()
}
