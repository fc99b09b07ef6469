import type { AccountSession } from '@/lib/auth/sessions'
import { readFormat } from '@/lib/reader/read-reader'
import { describeDevice } from './describe-device'
import { EndSessions } from './end-sessions'

type SessionListProps = { sessions: readonly AccountSession[]; currentId: string }

/** Where somebody is signed in, with a way out of each. */
export async function SessionList({ sessions, currentId }: SessionListProps) {
  const { formatTimestamp } = await readFormat()
  return (
    <div className="grid max-w-2xl gap-4">
      <ul className="divide-y rounded-md border">
        {sessions.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            lastUsed={formatTimestamp(session.last_used_at)}
            isCurrent={session.id === currentId}
          />
        ))}
      </ul>
      {sessions.length > 1 && <EndSessions label="Sign out everywhere else" />}
    </div>
  )
}

type SessionItemProps = { session: AccountSession; lastUsed: string; isCurrent: boolean }

function SessionItem({ session, lastUsed, isCurrent }: SessionItemProps) {
  const device = describeDevice(session.user_agent)
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 p-4" data-session={session.id}>
      <div className="grid min-w-0 gap-0.5 text-sm">
        <p className="font-medium">{device}</p>
        <p className="break-words text-muted-foreground">
          {[isCurrent ? 'This browser' : `Last used ${lastUsed}`, session.address]
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
