import { describe, expect, it } from 'vitest'
import { findFragileText } from './translation/find-fragile-text.ts'

const check = (jsx: string) => findFragileText('part.tsx', `export const Part = () => (\n${jsx}\n)`)

describe('a component that a translated page crashes', () => {
  it.each([
    ['a spinner beside a label', '<button>{busy && <Spinner />} Save</button>'],
    ['a spinner beside a label that is handed in', '<button>{busy && <Spinner />}{children}</button>'],
    ['a note that comes and goes beside an element', '<p>{saved && savedAt}<b>!</b></p>'],
    ['text that a link takes the place of', '<p><b>1</b>{open ? <a>Close</a> : name}</p>'],
    ['in a fragment', '<p><>Reference {digest && <b>{digest}</b>}</></p>'],
    ['a list beside a label', '<p>Tags: {tags.map((tag) => <b key={tag}>{tag}</b>)}</p>'],
  ])('is found: %s', (_, jsx) => expect(check(jsx)).toEqual([2]))

  it.each([
    ['labels in elements of their own', '<button>{busy && <Spinner />}<span>Save</span></button>'],
    ['text alone', '<p>{saved && "Saved."}</p>'],
    ['text that changes in place', '<p>{sent ? "Sent" : "Not sent"} at {time ?? "noon"}</p>'],
    ['elements alone', '<p>{a ? <b /> : <i />}{list.map((x) => <b key={x} />)}</p>'],
  ])('is not: %s', (_, jsx) => expect(check(jsx)).toEqual([]))
})
