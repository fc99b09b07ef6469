import { TextLink } from './text-link'

/** What somebody agrees to by `doing` what the button beside it does, as 'creating an account'. */
export function TermsNote({ doing }: { doing: string }) {
  return (
    <p className="text-center text-muted-foreground text-xs leading-relaxed">
      By {doing} you agree to the <TextLink href="/terms">terms</TextLink> and the{' '}
      <TextLink href="/privacy">privacy policy</TextLink>.
    </p>
  )
}
