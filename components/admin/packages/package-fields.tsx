import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { Textarea } from '@/components/ui/textarea'
import { packageIdFrom } from '@/lib/catalog/package-id'
import type { CreditType } from '@/lib/credit-type'
import type { PackageDraft } from './package-draft'
import { PackageChoice, PackageField } from './package-field'

const KINDS = [
  ['one_time', 'Package, bought once'],
  ['subscription', 'Plan, renewed by itself'],
] as const

const CURRENCIES = Intl.supportedValuesOf('currency').map((code) => [code, code] as const)

type FieldsProps = { draft: PackageDraft; creditTypes: readonly CreditType[] }

/** What is fixed once a package is there: its id and its kind. */
export function IdentityFields({ draft }: Pick<FieldsProps, 'draft'>) {
  return (
    <>
      <PackageChoice name="kind" label="Kind" value={draft.kind} choices={KINDS} />
      <PackageField id="package-id" label="Id" note="In addresses and records, for good.">
        <Input
          id="package-id"
          name="id"
          maxLength={40}
          pattern="[a-z][a-z0-9_-]*"
          defaultValue={draft.id}
          placeholder={packageIdFrom(draft.name)}
        />
      </PackageField>
    </>
  )
}

/** What every package has. */
export function PackageFields({ draft, creditTypes }: FieldsProps) {
  return (
    <>
      <PackageField id="package-name" label="Name">
        <Input id="package-name" name="name" required maxLength={80} defaultValue={draft.name} />
      </PackageField>
      <PackageField id="package-description" label="Description">
        <Input id="package-description" name="description" maxLength={300} defaultValue={draft.description} />
      </PackageField>
      <div className="grid grid-cols-2 gap-4">
        <PackageField id="package-credits" label="Credits">
          <Input
            id="package-credits"
            name="credits"
            type="number"
            min={1}
            step={1}
            required
            defaultValue={draft.credits}
            className="figures"
          />
        </PackageField>
        <PackageChoice
          name="creditType"
          label="Credit type"
          value={draft.creditType}
          choices={creditTypes.map(({ id, name }) => [id, name] as const)}
        />
        <PackageField id="package-price" label="Price">
          <Input
            id="package-price"
            name="price"
            inputMode="decimal"
            autoComplete="off"
            required
            placeholder="9.99"
            defaultValue={draft.price}
            className="figures"
          />
        </PackageField>
        <PackageChoice name="currency" label="Currency" value={draft.currency} choices={CURRENCIES} />
      </div>
    </>
  )
}

/** How it is shown, and what other front ends want to know. */
export function PresentationFields({ draft }: Pick<FieldsProps, 'draft'>) {
  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <Label htmlFor="package-popular" className="pointer-coarse:min-h-11">
          Marked as popular
        </Label>
        <Switch id="package-popular" name="popular" defaultChecked={draft.popular} />
      </div>
      <div className="flex items-center justify-between gap-4">
        <Label htmlFor="package-active" className="pointer-coarse:min-h-11">
          For sale
        </Label>
        <Switch id="package-active" name="active" defaultChecked={draft.active} />
      </div>
      <PackageField
        id="package-metadata"
        label="Metadata"
        note="A JSON object that everybody can read. Optional."
      >
        <Textarea
          id="package-metadata"
          name="metadata"
          defaultValue={draft.metadata}
          spellCheck={false}
          className="min-h-16 font-mono text-xs"
        />
      </PackageField>
    </>
  )
}
