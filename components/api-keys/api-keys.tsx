import { OwnerOnly } from '@/components/layout/owner-only'
import { type ApiKey, listApiKeys } from '@/lib/api-keys/list-api-keys'
import type { CreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { describeBudget, describeScopes, toShow } from './describe-key'
import { CreateKey, EditBudgets, RotateKey } from './key-actions'
import { RevokeKey } from './revoke-key'
import type { ScopedTool } from './scope-fields'

/** What keys are about: the tools they run, and the wallets that pay. */
type KeyTerms = { tools: readonly ScopedTool[]; types: readonly CreditType[] }

/** The keys of who is signed in, and what can be done with them. */
export async function ApiKeys({ userId, tools, types }: KeyTerms & { userId: string }) {
  const [keys, format] = await Promise.all([listApiKeys(userId), readFormat()])
  return (
    <div className="grid gap-5">
      {keys.length > 0 && (
        <ul className="divide-y rounded-md border">
          {keys.map((key) => (
            <KeyItem key={key.id} format={format} apiKey={key} tools={tools} types={types} />
          ))}
        </ul>
      )}
      <OwnerOnly>
        <CreateKey tools={tools} />
      </OwnerOnly>
    </div>
  )
}

function KeyItem({ format, apiKey, tools, types }: KeyTerms & { format: Format; apiKey: ApiKey }) {
  const { id, name, prefix, scopes, budgets } = apiKey
  const limits = {
    perDay: apiKey.budget_per_day,
    perMonth: apiKey.budget_per_month,
    total: apiKey.budget_total,
  }
  return (
    <li className="grid gap-3 p-4" data-key={id}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="min-w-0 break-words font-medium text-sm">{name}</h3>
        <code className="font-mono text-muted-foreground text-xs">{prefix}…</code>
      </div>
      <div className="grid gap-0.5 text-muted-foreground text-sm">
        <p className="break-words">{describeScopes(scopes, tools)}</p>
        <p>{describeTimes(format, apiKey)}</p>
        {apiKey.allowed_addresses.length > 0 && (
          <p className="break-words">From {apiKey.allowed_addresses.join(', ')}</p>
        )}
        {apiKey.allowed_origins.length > 0 && (
          <p className="break-words">On pages of {apiKey.allowed_origins.join(', ')}</p>
        )}
        {toShow(budgets).map((budget) => (
          <p key={`${budget.period} ${budget.credit_type}`} className="text-foreground tabular-nums">
            {describeBudget(format, budget, types)}
          </p>
        ))}
      </div>
      <OwnerOnly>
        <div className="flex flex-wrap gap-2">
          <EditBudgets id={id} name={name} budgets={limits} />
          <RotateKey id={id} name={name} />
          <RevokeKey id={id} name={name} />
        </div>
      </OwnerOnly>
    </li>
  )
}

function describeTimes(
  { formatDate, formatTimestamp }: Format,
  { expires_at: expiresAt, last_used_at: usedAt }: ApiKey,
): string {
  const used = usedAt ? `Last used ${formatTimestamp(usedAt)}` : 'Never used'
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  const end = expiresAt ? `${isOver ? 'expired' : 'expires'} ${formatDate(expiresAt)}` : 'does not expire'
  return `${used} · ${end}`
}
