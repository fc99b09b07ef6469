/** Offers to revoke the keys of somebody who changes their password; nothing for who has none. */
export function RevokeKeysField({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <label className="flex min-h-6 items-start gap-2 text-sm">
      <input type="checkbox" name="revokeKeys" className="mt-0.5 size-4 accent-primary" />
      <span>{`Revoke my API keys too (${count}). Whatever uses them stops at once.`}</span>
    </label>
  )
}
