import { FileQuestionIcon, LoaderIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Card, CardContent } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { StoredRun } from '@/lib/account/read-run'
import { formatCredits } from '@/lib/format'
import { MAX_STORED_LENGTH } from '@/lib/tool-runner/stored-response'
import { isOpen } from './describe-run'
import { RunProgressBar } from './run-progress-bar'

type RunOutcomeProps = {
  run: StoredRun
  /** How the tool itself shows a result; null when it does not, or is no longer there. */
  renderResult: (body: unknown) => ReactNode
}

const refused = z.looseObject({ message: z.string(), text: z.string().optional() })

/** What came of a run: its stored result, why there is none, or that it is not kept any more. */
export function RunOutcome({ run: { status, response, progress }, renderResult }: RunOutcomeProps) {
  if (isOpen(status)) {
    return (
      <Card>
        <EmptyState
          icon={LoaderIcon}
          title={status === 'queued' ? 'Waiting for its turn' : 'Still running'}
          description="Its result will appear here. You may leave this page."
        />
        <CardContent>
          <RunProgressBar progress={progress} />
        </CardContent>
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
          description={`Results are kept for a while, and only up to ${formatCredits(MAX_STORED_LENGTH)} characters.`}
        />
      </Card>
    )
  }
  const told = refused.safeParse(response?.body).data
  return (
    <>
      <Alert variant={status === 'aborted' ? 'warning' : 'destructive'}>
        <AlertTitle>{status === 'aborted' ? 'Stopped before it finished' : 'There is no result'}</AlertTitle>
        <AlertDescription>
          {told?.message ?? 'The run did not end in time, so its credits came back.'}
        </AlertDescription>
      </Alert>
      {told?.text && <WrittenText text={told.text} />}
    </>
  )
}

/** What a run had written when it was stopped. */
function WrittenText({ text }: { text: string }) {
  return (
    <Card>
      <CardContent className="whitespace-pre-wrap break-words text-sm">{text}</CardContent>
    </Card>
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
