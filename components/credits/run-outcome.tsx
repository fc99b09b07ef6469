import { FileQuestionIcon, LoaderIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Card, CardContent } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { StoredRun } from '@/lib/account/read-run'
import { formatCredits } from '@/lib/format'
import { MAX_STORED_LENGTH } from '@/lib/tool-runner/stored-response'

type RunOutcomeProps = {
  run: StoredRun
  /** How the tool itself shows a result; null when it does not, or is no longer there. */
  renderResult: (body: unknown) => ReactNode
}

const refused = z.looseObject({ message: z.string() })

/** What came of a run: its stored result, why there is none, or that it is not kept any more. */
export function RunOutcome({ run: { status, response }, renderResult }: RunOutcomeProps) {
  if (status === 'running') {
    return (
      <Card>
        <EmptyState icon={LoaderIcon} title="Still running" description="Its result will appear here." />
      </Card>
    )
  }
  if (status === 'succeeded') {
    if (response) return renderResult(response.body) ?? <PlainResult body={response.body} />
    return (
      <Card>
        <EmptyState
          icon={FileQuestionIcon}
          title="This result is not kept"
          description={`Results are kept for a day, and only up to ${formatCredits(MAX_STORED_LENGTH)} characters.`}
        />
      </Card>
    )
  }
  const reason = refused.safeParse(response?.body).data?.message
  return (
    <Alert variant={status === 'aborted' ? 'warning' : 'destructive'}>
      <AlertTitle>{status === 'aborted' ? 'Stopped before it finished' : 'There is no result'}</AlertTitle>
      <AlertDescription>
        {reason ?? 'The run did not end in time, so its credits came back.'}
      </AlertDescription>
    </Alert>
  )
}

function PlainResult({ body }: { body: object }) {
  return (
    <Card>
      <CardContent>
        <pre className="overflow-x-auto whitespace-pre-wrap break-words text-sm">
          {JSON.stringify(body, null, 2)}
        </pre>
      </CardContent>
    </Card>
  )
}
