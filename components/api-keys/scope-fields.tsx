import { useState } from 'react'

/** A tool as a key may be limited to it. */
export type ScopedTool = { id: string; name: string }

const READS = [
  ['balance:read', 'Read the balance'],
  ['history:read', 'Read runs and transactions'],
] as const

function Choice({
  value,
  label,
  ...props
}: { value: string; label: string } & React.ComponentProps<'input'>) {
  return (
    <label className="flex min-h-6 items-center gap-2 text-sm pointer-coarse:min-h-11">
      <input type="checkbox" name="scope" value={value} className="size-4 accent-primary" {...props} />
      <span>{label}</span>
    </label>
  )
}

/** Asks what a key may do. */
export function ScopeFields({ tools }: { tools: readonly ScopedTool[] }) {
  const [every, setEvery] = useState(true)
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-2 font-medium text-sm">What it may do</legend>
      <Choice
        value="tools:*"
        label="Run every tool, also those to come"
        checked={every}
        onChange={(event) => setEvery(event.target.checked)}
      />
      {!every && (
        <div className="grid gap-1.5 pl-6">
          {tools.map(({ id, name }) => (
            <Choice key={id} value={`tools:${id}`} label={name} />
          ))}
        </div>
      )}
      {READS.map(([value, label]) => (
        <Choice key={value} value={value} label={label} defaultChecked />
      ))}
    </fieldset>
  )
}
