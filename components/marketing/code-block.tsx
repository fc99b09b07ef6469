import { cn } from '@/lib/utils'
import { highlight } from './highlight'

const LOOKS = {
  comment: 'text-muted-foreground italic',
  string: 'text-primary',
  keyword: 'font-medium text-foreground',
  number: 'text-primary',
  plain: 'text-foreground/80',
} as const

/** Code with the name of its file, colored on the server. */
export function CodeBlock({ file, code, className }: { file: string; code: string; className?: string }) {
  return (
    <figure className={cn('min-w-0 overflow-hidden rounded-xl border bg-card shadow-xs', className)}>
      <figcaption className="border-b bg-muted/60 px-4 py-2.5 font-mono text-muted-foreground text-xs">
        {file}
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto p-4 font-mono text-[0.8125rem] leading-6 focus-visible:outline-offset-[-2px]"
      >
        <code>
          {highlight(code).map(({ kind, text, at }) => (
            <span key={at} className={LOOKS[kind]}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  )
}
