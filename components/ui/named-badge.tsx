import type { ComponentProps } from 'react'
import { Badge } from './badge'

type NamedBadgeProps = {
  name: string
  /** The names that are known, in words and in a color. */
  looks: Record<string, { label: string; variant: ComponentProps<typeof Badge>['variant'] }>
}

/** A state or a type in words; one that is not known is shown by its name. */
export function NamedBadge({ name, looks }: NamedBadgeProps) {
  const look = Object.hasOwn(looks, name) ? looks[name] : undefined
  if (!look) return <Badge variant="outline">{name.replaceAll('_', ' ')}</Badge>
  return <Badge variant={look.variant}>{look.label}</Badge>
}
