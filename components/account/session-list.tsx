import type { AccountSession } from '@/lib/auth/sessions'
import { formatDateTime } from '@/lib/format'
import { describeDevice } from './describe-device'
import { EndSessions } from './end-sessions'

type SessionListProps = { sessions: readonly AccountSession[]; currentId: string }

/** Where somebody is signed in, with a way out of each. */
export function SessionList({ sessions, currentId }: SessionListProps) {
  return (
    <div className="grid max-w-2xl gap-4">
      <ul className="divide-y rounded-md border">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} isCurrent={session.id === currentId} />
        ))}
      </ul>
      {sessions.length > 1 && <EndSessions label="Sign out everywhere else" />}
    </div>
  )
}

function SessionItem({ session, isCurrent }: { session: AccountSession; isCurrent: boolean }) {
  const device = describeDevice(session.user_agent)
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 p-4" data-session={session.id}>
      <div className="grid min-w-0 gap-0.5 text-sm">
        <p className="font-medium">{device}</p>
        <p className="break-words text-muted-foreground">
          {[
            isCurrent ? 'This browser' : `Last used ${formatDateTime(session.last_used_at)} UTC`,
            session.address,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!isCurrent && (
        <EndSessions sessionId={session.id} label="Sign out" describedAs={`Sign out ${device}`} />
      )}
    </li>
  )
}
