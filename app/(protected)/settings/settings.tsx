import { CloseAccount } from '@/components/account/close-account'
import { EmailForm } from '@/components/account/email-form'
import { LowBalanceForm } from '@/components/account/low-balance-form'
import { MailChoices } from '@/components/account/mail-choices'
import { NameForm } from '@/components/account/name-form'
import { PasswordForm } from '@/components/account/password-form'
import { SessionList } from '@/components/account/session-list'
import { SettingsSection } from '@/components/account/settings-section'
import { ThemeChoice } from '@/components/account/theme-choice'
import { TimeZoneForm } from '@/components/account/time-zone-form'
import { ApiKeys } from '@/components/api-keys/api-keys'
import { AccountLink } from '@/components/layout/account-link'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { readLowBalanceThresholds } from '@/lib/account/read-low-balance-thresholds'
import { readProfile } from '@/lib/account/read-profile'
import { readUnwantedMails } from '@/lib/account/read-unwanted-mails'
import { listSessions } from '@/lib/auth/sessions'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { listTools } from '@/tools/registry'
import { HEADING } from './heading'

type SettingsProps = {
  user: { id: string; email: string }
  /** The session of who asks; null for who only looks at the account of somebody else, whose sessions are not shown. */
  sessionId: string | null
}

/** What a user has set, and may set. */
export async function Settings({ user, sessionId }: SettingsProps) {
  const [{ name, timeZone }, thresholds, unwanted, types, sessions] = await Promise.all([
    readProfile(user.id),
    readLowBalanceThresholds(user.id),
    readUnwantedMails(user.id),
    listCreditTypes(),
    sessionId === null ? null : listSessions(user.id),
  ])
  return (
    <div>
      <PageHeader {...HEADING} />
      <div className="mt-8">
        <SettingsSection title="Profile" description={`You sign in as ${user.email}.`}>
          <OwnerOnly>
            <NameForm name={name} />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection title="E-mail address" description="What you sign in with, and where mails go.">
          <OwnerOnly>
            <EmailForm email={user.email} />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection title="Password" description="Other devices are signed out when it changes.">
          <OwnerOnly>
            <PasswordForm email={user.email} />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection title="Sessions" description="Where you are signed in.">
          {sessions && sessionId ? (
            <SessionList sessions={sessions} currentId={sessionId} />
          ) : (
            <p className="text-muted-foreground text-sm">Shown to the user alone.</p>
          )}
        </SettingsSection>
        <SettingsSection title="Times" description="In which zone dates and times are shown.">
          <OwnerOnly>
            <TimeZoneForm chosen={timeZone} zones={Intl.supportedValuesOf('timeZone')} />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection id="mails" title="Mails" description={`They go to ${user.email}.`}>
          <OwnerOnly>
            <MailChoices unwanted={unwanted} />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection
          id="low-balance"
          title="Low balance"
          description="When to email you that a balance is low."
        >
          <OwnerOnly>
            <div className="grid gap-8">
              {types.map((type) => (
                <LowBalanceForm
                  key={type.id}
                  type={type}
                  named={types.length > 1}
                  thresholds={thresholds.get(type.id)}
                  off={unwanted.includes('low_balance')}
                />
              ))}
            </div>
          </OwnerOnly>
        </SettingsSection>
        {/* #region api */}
        <SettingsSection
          title="API keys"
          description="For programs that run tools and pay with your credits."
        >
          <ApiKeys
            userId={user.id}
            tools={(await listTools()).map(({ id, name }) => ({ id, name }))}
            types={types}
          />
          <p className="text-muted-foreground text-sm md:col-start-2">
            <span>Every call, to read and to try: </span>
            <AccountLink href="/docs/api" className="text-primary underline underline-offset-4">
              the API reference
            </AccountLink>
          </p>
          {/* #region mcp */}
          <p className="text-muted-foreground text-sm md:col-start-2">
            <span>For an agent such as Claude, Codex or Cursor: </span>
            <a href="/docs/mcp" className="text-primary underline underline-offset-4">
              how to connect it
            </a>
          </p>
          {/* #endregion */}
        </SettingsSection>
        {/* #endregion */}
        <SettingsSection title="Your data" description="All that is stored about you, as a JSON file.">
          <OwnerOnly>
            <Button asChild variant="outline" className="w-fit">
              <a href="/api/account/export" download>
                Export my data
              </a>
            </Button>
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection title="Appearance" description="Kept in this browser.">
          <OwnerOnly>
            <ThemeChoice />
          </OwnerOnly>
        </SettingsSection>
        <SettingsSection
          title="Close account"
          description="For good. Export your data first, if you want to keep it."
        >
          <OwnerOnly>
            <CloseAccount email={user.email} />
          </OwnerOnly>
        </SettingsSection>
      </div>
    </div>
  )
}
