import type { Metadata } from 'next'
import { ApiKeyProvider } from '@/components/api-docs/reference/api-key'
import { Disclosure } from '@/components/api-docs/reference/disclosure'
import { FieldList } from '@/components/api-docs/reference/field-list'
import { OperationLinks } from '@/components/api-docs/reference/operation-links'
import { OperationSection } from '@/components/api-docs/reference/operation-section'
import { ReferenceIntroduction } from '@/components/api-docs/reference/reference-introduction'
import { brand } from '@/lib/brand'
import { env } from '@/lib/env'
import { describeApi } from '@/lib/openapi/describe-api'
import { readReference } from '@/lib/openapi/reference/read-reference'
import { listTools } from '@/tools/registry'

export const metadata: Metadata = {
  title: 'API reference',
  description: `Every call of the API of ${brand.name}, and what it costs. Try each with your own key.`,
}

export default async function ApiReferencePage() {
  const tools = (await listTools()).map((tool) => tool.describe())
  const { groups, problem } = readReference(describeApi(tools))
  return (
    <div className="mx-auto grid max-w-6xl gap-12 px-4 py-16 sm:px-6 sm:py-20">
      <ReferenceIntroduction url={env().APP_URL} />
      <div className="grid min-w-0 gap-12 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label="Calls">
          <div className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto pb-4 max-lg:hidden">
            <OperationLinks groups={groups} />
          </div>
          <Disclosure title="All calls" className="lg:hidden">
            <OperationLinks groups={groups} />
          </Disclosure>
        </nav>
        <article className="grid min-w-0 max-w-3xl gap-14">
          <ApiKeyProvider>
            {groups.map(({ name, description, operations }) => (
              <section key={name} aria-label={name} className="grid min-w-0 gap-8">
                <header className="grid gap-1">
                  <h2 className="font-semibold text-2xl tracking-tight">{name}</h2>
                  <p className="text-muted-foreground">{description}</p>
                </header>
                {operations.map((operation) => (
                  <OperationSection key={operation.id} operation={operation} />
                ))}
              </section>
            ))}
          </ApiKeyProvider>
          <section aria-label="Every refusal" className="grid min-w-0 gap-4">
            <header className="grid gap-1">
              <h2 className="font-semibold text-2xl tracking-tight">Every refusal</h2>
              <p className="text-muted-foreground">
                Comes as problem details, with more fields by its error.
              </p>
            </header>
            <FieldList fields={problem} />
          </section>
        </article>
      </div>
    </div>
  )
}
