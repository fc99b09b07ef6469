'use client'

import { type RefObject, useEffect, useRef } from 'react'

const KEY = 'kept-input'
/** What was typed and never came back belongs to another visit. */
const MAX_AGE_MS = 10 * 60_000

type Kept = {
  path: string
  /** Who typed it; null on the pages of people who are not signed in. */
  user: string | null
  at: number
  /** What to say once it is back in its form. */
  notice?: string
  fields: Record<string, string>
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** What the form that was sent last held: its page may be gone by the time its answer comes. */
let lastSent: Record<string, string> = {}

/** The fields of a form that people type into or choose from, by name. Never passwords or files. */
export function fieldsOf(root: ParentNode): [name: string, field: Field][] {
  const fields = root.querySelectorAll<Field>(
    'input[type=text], input[type=email], input:not([type]), textarea, select',
  )
  return [...fields].flatMap((field): [string, Field][] => {
    const name = field.name || field.id
    // A password that is shown is a text, too.
    return name && !/password/i.test(name) ? [[name, field]] : []
  })
}

function read(root: ParentNode): Record<string, string> {
  return Object.fromEntries(fieldsOf(root).map(([name, { value }]) => [name, value]))
}

/** Whose page this is, as the frame of every signed-in page says. */
export function readUser(): string | null {
  return document.querySelector<HTMLElement>('[data-user]')?.dataset.user ?? null
}

function keep(fields: Record<string, string>, notice?: string): void {
  const value: Kept = { path: window.location.pathname, user: readUser(), at: Date.now(), notice, fields }
  window.sessionStorage.setItem(KEY, JSON.stringify(value))
}

/** Keeps what was typed on this page, for the next time it is loaded in this tab. Never passwords or files. */
export function keepPage(): void {
  keep(read(document))
}

/** Keeps what the form held that was sent last, and says `notice` once it is back. */
export function keepLastSent(notice: string): void {
  keep(lastSent, notice)
}

/** Gives a form back what was kept for it, as if it were typed again. */
function restore(form: HTMLFormElement): void {
  const stored = parse(window.sessionStorage.getItem(KEY))
  if (!stored) return
  const { path, user, at, notice, fields } = stored
  if (path !== window.location.pathname || user !== readUser() || Date.now() - at > MAX_AGE_MS) return
  const own = fieldsOf(form).filter(([name]) => Object.hasOwn(fields, name))
  if (own.length === 0) return
  window.sessionStorage.removeItem(KEY)
  for (const [name, field] of own) typeInto(field, fields[name] ?? '')
  if (notice) void import('sonner').then(({ toast }) => toast.info(notice, { duration: 15_000 }))
}

/** Without a schema, whose library every page would load for it. */
function parse(text: string | null): Kept | null {
  try {
    const { path, user, at, notice, fields }: Kept = JSON.parse(text ?? '')
    const texts = Object.values(fields)
    const isKept =
      typeof path === 'string' && typeof at === 'number' && texts.every((value) => typeof value === 'string')
    return isKept ? { path, user: user ?? null, at, notice, fields } : null
  } catch {
    return null
  }
}

/** React takes a value only from the browser's own setter, and the event that comes with typing. */
export function typeInto(field: Field, value: string): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set
  if (setter) Reflect.apply(setter, field, [value])
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
}

/** Tells React what was typed before its scripts had come: until then it takes a field for as empty as it was sent. */
function adoptTyped(form: HTMLFormElement): void {
  for (const [, field] of fieldsOf(form)) {
    if (field instanceof HTMLSelectElement || field.value === field.defaultValue) continue
    const typed = field.value
    // React compares with the value it saw last, which is this one already.
    field.value = ''
    typeInto(field, typed)
  }
}

/** The `ref` of a form that must not lose what was typed to a reload, or before the page was ready. */
export function useKeptInput(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const element = form.current
    if (!element) return
    const remember = () => {
      lastSent = read(element)
    }
    adoptTyped(element)
    restore(element)
    element.addEventListener('submit', remember)
    return () => element.removeEventListener('submit', remember)
  }, [])
  return form
}
