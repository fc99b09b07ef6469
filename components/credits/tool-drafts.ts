import { z } from 'zod'
import { fieldsOf, readUser, typeInto } from '@/components/layout/kept-input'

const KEY = 'tool-drafts'
const CHANNEL = 'tool-drafts'
const MAX_DRAFTS = 10
/** The longest draft that is kept, in characters of all its fields. */
const MAX_LENGTH = 100_000

const fields = z.record(z.string(), z.string())
const kept = z.object({
  user: z.string(),
  drafts: z.array(z.object({ path: z.string(), fields, choices: fields })),
})

type Draft = z.output<typeof kept>['drafts'][number]

/** The drafts of one person in this tab, the newest last. Those of anybody else are gone. */
function readDrafts(user: string): Draft[] {
  try {
    const stored = kept.safeParse(JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null'))
    return stored.success && stored.data.user === user ? stored.data.drafts : []
  } catch {
    return []
  }
}

function writeDrafts(user: string, drafts: Draft[]): void {
  try {
    if (drafts.length === 0) window.sessionStorage.removeItem(KEY)
    else window.sessionStorage.setItem(KEY, JSON.stringify({ user, drafts }))
  } catch {
    // A tab without room or leave to store keeps no drafts.
  }
}

function choicesOf(form: ParentNode): [name: string, group: HTMLElement][] {
  return [...form.querySelectorAll<HTMLElement>('[data-choices]')].map((group) => [
    group.dataset.choices ?? '',
    group,
  ])
}

/** Keeps what the form of the tool at `path` holds, files excepted, for this person, page and tab. */
export function keepDraft(form: HTMLFormElement, path: string): void {
  const user = readUser()
  if (!user) return
  const typed = Object.fromEntries(fieldsOf(form).map(([name, { value }]) => [name, value]))
  const choices = Object.fromEntries(
    choicesOf(form).map(([name, group]) => [
      name,
      group.querySelector<HTMLElement>('[data-choice][data-state=on]')?.dataset.choice ?? '',
    ]),
  )
  const length = Object.values(typed).reduce((sum, value) => sum + value.length, 0)
  const others = readDrafts(user).filter((draft) => draft.path !== path)
  const draft = length > MAX_LENGTH ? [] : [{ path, fields: typed, choices }]
  writeDrafts(user, [...others, ...draft].slice(-MAX_DRAFTS))
}

/** Gives the form of the tool at `path` back what was kept for it, save for fields that hold something already. */
export function restoreDraft(form: HTMLFormElement, path: string): void {
  const user = readUser()
  const draft = user && readDrafts(user).find((draft) => draft.path === path)
  if (!draft) return
  for (const [name, field] of fieldsOf(form)) {
    const value = draft.fields[name]
    if (value && (field instanceof HTMLSelectElement || field.value === '')) typeInto(field, value)
  }
  for (const [name, group] of choicesOf(form)) {
    const choice = [...group.querySelectorAll<HTMLElement>('[data-choice][data-state=off]')]
    choice.find(({ dataset }) => dataset.choice === draft.choices[name])?.click()
  }
}

/** Forgets the draft of a page: its run has succeeded. */
export function forgetDraft(userId: string, page: string): void {
  writeDrafts(
    userId,
    readDrafts(userId).filter(({ path }) => path !== page),
  )
}

/** Forgets every draft, here and in the other tabs: the person signs out. */
export function forgetAllDrafts(): void {
  writeDrafts('', [])
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** Forgets the drafts of anybody else, and all of them as soon as the person signs out in another tab. */
export function followDrafts(userId: string): () => void {
  if (readDrafts(userId).length === 0) writeDrafts(userId, [])
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => writeDrafts(userId, [])
  return () => channel.close()
}
