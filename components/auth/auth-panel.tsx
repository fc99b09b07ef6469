import type { ReactNode, Ref } from 'react'
import { Card, CardContent } from '@/components/ui/card'

type AuthPanelProps = {
  title: string
  description?: ReactNode
  children?: ReactNode
  /** One line under the card that leads to a neighbouring page. */
  footer?: ReactNode
  /** For a panel that takes the place of a form: its title is what to read next. */
  titleRef?: Ref<HTMLHeadingElement>
}

/** What every sign-in page is made of: a title, a card to act in, and a way elsewhere. */
export function AuthPanel({ title, description, children, footer, titleRef }: AuthPanelProps) {
  return (
    <div className="grid gap-6">
      <div className="grid gap-1.5 text-center">
        <h1
          ref={titleRef}
          tabIndex={titleRef ? -1 : undefined}
          className="font-semibold text-2xl tracking-tight outline-none"
        >
          {title}
        </h1>
        {description && <p className="text-balance text-muted-foreground text-sm">{description}</p>}
      </div>
      {children && (
        <Card className="py-6">
          <CardContent className="grid gap-5 px-6">{children}</CardContent>
        </Card>
      )}
      {footer && <p className="text-center text-muted-foreground text-sm">{footer}</p>}
    </div>
  )
}
