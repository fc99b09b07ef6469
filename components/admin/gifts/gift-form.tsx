'use client'

import { type FormEvent, useState } from 'react'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { Textarea } from '@/components/ui/textarea'
import { parseGiftLines } from '@/lib/admin/gift-lines'
import { type GiftPreview, giftPreview } from '@/lib/admin/gift-state'
import { useCreditTypes } from '@/lib/credit-manager'
import { ApiCallError, callApi } from '@/lib/http/api-client'
import { ReasonField } from '../reason-field'
import { type Refusal, RefusalAlert } from '../refusal-alert'
import { readUntil, UntilField } from '../until-field'
import { GiftPreviewCard } from './gift-preview'

const SOURCES = { filter: 'By filter', list: 'By list' }

type GiftFormProps = {
  /** The query of the list of users, and how many it leaves. */
  filter: Record<string, string>
  matching: number
}

/** Prepares credits for many users at once, and shows who would get what. */
export function GiftForm({ filter, matching }: GiftFormProps) {
  const { formatCredits } = useFormat()
  const types = useCreditTypes()
  const [source, setSource] = useState<keyof typeof SOURCES>('filter')
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [preview, setPreview] = useState<GiftPreview | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const fields = new FormData(event.currentTarget)
    const text = (name: string) => String(fields.get(name) ?? '')
    const amount = text('amount') === '' ? null : Number(text('amount'))
    const lines = source === 'list' ? parseGiftLines(text('lines'), amount) : null
    if (lines && !lines.ok) return setRefusal({ title: 'Nothing was prepared', text: lines.mistake })
    setPending(true)
    setRefusal(null)
    setPreview(null)
    try {
      const body = {
        ...{ id: crypto.randomUUID(), reason: text('reason') },
        ...(text('type') && { creditType: text('type') }),
        ...readUntil(fields),
        ...(lines ? { rows: lines.rows } : { filter, amount }),
      }
      setPreview(await callApi('/api/admin/gifts', { body, reply: giftPreview }))
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error
      setRefusal({ title: 'Nothing was prepared', text: error.message })
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      <form onSubmit={submit} className="grid gap-4 rounded-xl border bg-card p-5 shadow-xs">
        <ChoiceField label="Who gets them" choices={SOURCES} value={source} onChange={setSource} />
        {source === 'filter' ? (
          <p className="figures text-muted-foreground text-sm">
            {`The ${formatCredits(matching)} users that the filter of the list leaves, without closed accounts.`}
          </p>
        ) : (
          <Field>
            <Label htmlFor="gift-lines">Users</Label>
            <Textarea
              id="gift-lines"
              name="lines"
              required
              aria-describedby="gift-lines-note"
              className="min-h-40 font-mono text-xs"
            />
            <FieldDescription id="gift-lines-note">
              One a line, as a spreadsheet exports them: e-mail address or ID, comma, number of credits.
            </FieldDescription>
          </Field>
        )}
        <div className="grid gap-4 sm:grid-cols-3">
          <Field>
            <Label htmlFor="gift-each">Credits each</Label>
            <Input
              id="gift-each"
              name="amount"
              type="number"
              min={1}
              step={1}
              required={source === 'filter'}
              className="figures"
            />
          </Field>
          {types.length > 1 && (
            <Field>
              <Label htmlFor="gift-type">Wallet</Label>
              <NativeSelect id="gift-type" name="type" defaultValue={types[0]?.id}>
                {types.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          )}
          <UntilField id="gift-end" note="The first day without them, in UTC. Empty for no end." />
        </div>
        <ReasonField id="gift-why" note="The users see it beside the transaction." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" loading={pending} className="w-fit">
          Preview
        </Button>
      </form>
      {preview && <GiftPreviewCard key={preview.id} preview={preview} />}
    </>
  )
}
