import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { Json } from '@/lib/supabase/database.types'

/** The payload of an event as it came, to be read. */
export function PayloadCard({ payload }: { payload: Json }) {
  const text = JSON.stringify(payload, null, 2)
  return (
    <Card className="gap-3">
      <CardHeader>
        <CardTitle>Payload</CardTitle>
      </CardHeader>
      <CardContent>
        {text === '{}' ? (
          <p className="text-muted-foreground text-sm">It was emptied when the event had become old.</p>
        ) : (
          <pre className="whitespace-pre-wrap break-words rounded-lg border bg-muted/50 p-4 font-mono text-xs leading-5">
            {text}
          </pre>
        )}
      </CardContent>
    </Card>
  )
}
