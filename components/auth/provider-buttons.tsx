import { enabledProviders, type Provider } from '@/lib/auth/providers'
import { signInWithProvider } from '@/lib/auth/sign-in-with-provider'
import { ProviderIcon } from './provider-icon'
import { SubmitButton } from './submit-button'
import { TermsNote } from './terms-note'

const NAMES: Record<Provider, string> = { github: 'GitHub', google: 'Google' }

/** Sign-in with the providers that are switched on; nothing where none is. */
export function ProviderButtons({ next }: { next: string }) {
  const providers = enabledProviders()
  if (providers.length === 0) return null
  return (
    <>
      <form action={signInWithProvider} className="grid gap-3">
        <input type="hidden" name="next" value={next} />
        {providers.map((provider) => (
          <SubmitButton key={provider} variant="outline" name="provider" value={provider}>
            <ProviderIcon provider={provider} />
            Continue with {NAMES[provider]}
          </SubmitButton>
        ))}
        <TermsNote doing="continuing there" />
      </form>
      <div className="flex items-center gap-3 text-muted-foreground text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        or
      </div>
    </>
  )
}
