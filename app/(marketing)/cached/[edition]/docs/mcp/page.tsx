import type { Metadata } from 'next'
import { listClients } from '@/components/api-docs/mcp-clients'
import { CodeBlock } from '@/components/marketing/code-block'
import { brand, brandId } from '@/lib/brand'
import { env } from '@/lib/env'

/** `Café Tools` keeps its key in `CAFE_TOOLS_API_KEY`. */
const keyVariable = `${brandId.toUpperCase().replaceAll('-', '_')}_API_KEY`

export const metadata: Metadata = {
  title: 'Connect an agent',
  description: `How to add the tools of ${brand.name} to the agent you use.`,
}

export default function McpPage() {
  const url = `${env().APP_URL}/api/mcp`
  return (
    <article className="mx-auto grid max-w-2xl gap-10 px-4 py-16 sm:px-6 sm:py-20">
      <header className="grid gap-3">
        <h1 className="font-semibold text-4xl tracking-tight">Connect an agent</h1>
        <p className="text-lg text-muted-foreground">
          Your agent runs every tool, sees what each call costs, and pays with your credits.
        </p>
      </header>
      <section className="grid gap-2 text-muted-foreground leading-relaxed">
        <h2 className="font-semibold text-foreground text-lg tracking-tight">1. Make a key for it</h2>
        <p>
          Create one in{' '}
          <a href="/settings" className="text-primary underline underline-offset-4">
            your settings
          </a>
          , and give it a budget: the agent can spend that and no more. Put the key in an environment
          variable, so that it is in no file that you share.
        </p>
        <CodeBlock file="Terminal" code={`export ${keyVariable}='lb_…'`} />
      </section>
      <section className="grid gap-6">
        <h2 className="font-semibold text-lg tracking-tight">2. Add the server</h2>
        {listClients({ url, keyVariable }).map(({ name, file, code }) => (
          <div key={name} className="grid gap-2">
            <h3 className="font-medium">{name}</h3>
            <CodeBlock file={file} code={code} />
          </div>
        ))}
      </section>
      <section className="grid gap-2 text-muted-foreground leading-relaxed">
        <h2 className="font-semibold text-foreground text-lg tracking-tight">3. Ask it for something</h2>
        <p>
          Each tool says its price. The agent can ask for the price of a call first, and for your balance, for
          free. A call that fails costs nothing, and what was spent is under{' '}
          <a href="/runs" className="text-primary underline underline-offset-4">
            your runs
          </a>
          . Programs of your own use{' '}
          <a href="/docs/api" className="text-primary underline underline-offset-4">
            the API
          </a>
          .
        </p>
      </section>
    </article>
  )
}
