import { ToolPage } from '@/components/credits/tool-page'
import { entry } from '@/tools/text-generation'
import { prices } from '@/tools/text-generation/tool'
import { ExampleToolClient } from './ExampleToolClient'

/** The page of the tool that sums up a text, for a user. */
export function ExampleTool({ userId }: { userId: string }) {
  return (
    <ToolPage
      userId={userId}
      tool={entry}
      url="/api/example-protected"
      form={<ExampleToolClient userId={userId} prices={prices()} creditType={entry.creditType} />}
    />
  )
}
