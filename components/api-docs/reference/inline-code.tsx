/** A sentence in which what stands in backticks is code. */
export function InlineCode({ text }: { text: string }) {
  return text.split('`').map((part, index) => {
    const key = `${index} ${part}`
    const isCode = index % 2 === 1
    return isCode ? (
      <code key={key} className="break-words rounded bg-muted px-1 py-0.5 font-mono text-[0.85em]">
        {part}
      </code>
    ) : (
      <span key={key}>{part}</span>
    )
  })
}
