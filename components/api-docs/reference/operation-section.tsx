import { CodeBlock } from '@/components/marketing/code-block'
import { Badge } from '@/components/ui/badge'
import type {
  CallDescription,
  OperationResponse,
  ReferenceOperation,
} from '@/lib/openapi/reference/read-reference'
import { Disclosure } from './disclosure'
import { FieldList } from './field-list'
import { InlineCode } from './inline-code'
import { PriceTable } from './price-table'
import { TryCall } from './try-call'

/** All there is to know of one call, and a form that makes it. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, price, parameters, body, responses, refusals, curl } =
    operation
  const call: CallDescription = { id, method, path, inputs: operation.inputs, json: operation.json }
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid min-w-0 scroll-mt-20 gap-5 border-t pt-8"
    >
      <header className="grid gap-2">
        <h3 id={`${id}-title`} className="font-semibold text-xl tracking-tight">
          <a href={`#${id}`} className="rounded-sm hover:underline">
            {summary}
          </a>
        </h3>
        <p className="flex flex-wrap items-center gap-2">
          <MethodBadge method={method} />
          <code className="break-all font-mono text-sm">{path}</code>
        </p>
        <p className="text-muted-foreground leading-relaxed">
          <InlineCode text={description} />
        </p>
      </header>
      {price && <PriceTable price={price} />}
      <FieldList title="Parameters" fields={parameters} sent />
      {body && <FieldList title={`Body, ${body.contentType}`} fields={body.fields} sent />}
      <CodeBlock file="Terminal" code={curl} />
      {responses
        .filter(({ fields }) => fields.length > 0)
        .map(({ status, fields }) => (
          <Disclosure key={status} title={`Response ${status}`} of={summary}>
            <FieldList fields={fields} />
          </Disclosure>
        ))}
      <Disclosure title="Refusals" of={summary}>
        <Refusals refusals={refusals} />
      </Disclosure>
      <Disclosure title="Try it" of={summary}>
        <TryCall call={call} costs={price !== undefined} />
      </Disclosure>
    </section>
  )
}

function MethodBadge({ method }: { method: string }) {
  return (
    <Badge variant={method === 'get' ? 'secondary' : 'default'} className="font-mono uppercase">
      {method}
    </Badge>
  )
}

function Refusals({ refusals }: { refusals: readonly OperationResponse[] }) {
  return (
    <dl className="grid gap-2 text-sm">
      {refusals.map(({ status, description }) => (
        <div key={status} className="grid grid-cols-[3rem_1fr]">
          <dt className="font-medium font-mono">{status}</dt>
          <dd className="min-w-0 text-muted-foreground">
            <InlineCode text={description} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
