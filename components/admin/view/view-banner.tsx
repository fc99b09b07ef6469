import { EyeIcon } from 'lucide-react'
import { readFormat } from '@/lib/reader/read-reader'
import { EndView } from './end-view'
import { StopViewing } from './stop-viewing'

type ViewBannerProps = {
  userId: string
  email: string
  /** ISO 8601. */
  endsAt: string
}

/** Says, on top of every page of a view, whose account is seen, that it is only seen, and until when. */
export async function ViewBanner({ userId, email, endsAt }: ViewBannerProps) {
  const { formatTime, timeZone } = await readFormat()
  return (
    <section
      aria-label="Viewing an account"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-warning border-b-2 bg-warning-soft px-4 py-2 text-sm text-warning-soft-foreground sm:px-6"
    >
      <EndView endsAt={endsAt} />
      <p className="flex min-w-0 flex-1 basis-60 items-start gap-2">
        <EyeIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">
          <span>You see the app as </span>
          <strong className="font-semibold">{email}</strong>
          <span>{`, read only, until ${formatTime(endsAt)} (${timeZone}).`}</span>
        </span>
      </p>
      <StopViewing userId={userId} />
    </section>
  )
}
