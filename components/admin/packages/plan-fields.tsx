import { Input } from '@/components/ui/input'
import { MEMBERSHIP_TIERS, TIER_NAMES } from '@/lib/tiers'
import type { PackageDraft } from './package-draft'
import { PackageChoice, PackageField } from './package-field'

const INTERVALS = [
  ['month', 'Every month'],
  ['year', 'Every year'],
] as const
const UNUSED = [
  ['roll_over', 'Roll over'],
  ['expire', 'Expire with the period'],
] as const
const TIERS = [['', 'None'], ...MEMBERSHIP_TIERS.map((tier) => [tier, TIER_NAMES[tier]] as const)] as const

/** What only a plan has. */
export function PlanFields({ draft }: { draft: PackageDraft }) {
  return (
    <fieldset className="grid grid-cols-2 gap-4 rounded-lg border p-4">
      <legend className="px-1 font-medium text-sm">Plan</legend>
      <PackageChoice name="interval" label="Paid" value={draft.interval} choices={INTERVALS} />
      <PackageChoice
        name="unusedCredits"
        label="Unused credits"
        value={draft.unusedCredits}
        choices={UNUSED}
      />
      <PackageChoice name="tier" label="Membership" value={draft.tier} choices={TIERS} />
      <PackageField id="package-trial" label="Trial (days)">
        <Input
          id="package-trial"
          name="trialDays"
          type="number"
          min={0}
          max={365}
          step={1}
          required
          defaultValue={draft.trialDays}
          className="figures"
        />
      </PackageField>
    </fieldset>
  )
}
