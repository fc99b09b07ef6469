type Text = { text: string; summary: string; keywords: string[]; words: [before: number, after: number] }

/** What people summarize. */
export const TEXTS: readonly [Text, ...Text[]] = [
  {
    text: 'The harbor opened in 1874 with two piers and a single crane. Within ten years it handled more timber than any port on the coast. The railway arrived in 1891 and doubled its trade. Today the old warehouses hold workshops, a market and a small museum.',
    summary:
      'The harbor opened in 1874 with two piers and a single crane. The railway arrived in 1891 and doubled its trade.',
    keywords: ['harbor', 'timber', 'railway', 'trade'],
    words: [44, 21],
  },
  {
    text: 'Our support team answered 1,240 questions in October. Most were about invoices and about changing the plan in the middle of a month. The median first answer took 38 minutes. Two thirds of all questions were closed with the first answer.',
    summary: 'Our support team answered 1,240 questions in October. The median first answer took 38 minutes.',
    keywords: ['questions', 'answer', 'support', 'invoices'],
    words: [40, 15],
  },
  {
    text: 'The new kiln reaches its temperature in half the time of the old one. It needs a third less gas. Glazes come out more even, because the heat is measured in nine places. The workshop expects to pay it off within four years.',
    summary:
      'The new kiln reaches its temperature in half the time of the old one. It needs a third less gas.',
    keywords: ['kiln', 'temperature', 'gas', 'glazes'],
    words: [42, 19],
  },
  {
    text: 'Rainfall in the valley was below average for the third year. Farmers moved to crops that need less water, above all barley and lentils. Yields fell by a tenth, while prices rose. The cooperative plans a shared reservoir for 2027.',
    summary:
      'Rainfall in the valley was below average for the third year. The cooperative plans a shared reservoir for 2027.',
    keywords: ['rainfall', 'valley', 'crops', 'reservoir'],
    words: [39, 19],
  },
]

export const TITLES = [
  'Launch week: what is new',
  'Autumn catalog 2026',
  'Five habits of calm teams',
  'How we bake our bread',
  'Hiring: a designer for Lisbon',
] as const

export const QUESTIONS = [
  'What should the subject line of a winter sale newsletter say?',
  'Explain accrual accounting to somebody who runs a bakery.',
  'Write a polite reminder for an invoice that is ten days late.',
  'Which questions belong into the interview of a support lead?',
] as const

type Revision = {
  parts: readonly (readonly [kind: 'same' | 'added' | 'removed', text: string])[]
  changes: { added: number; removed: number; replaced: number }
}

/** What people compare: two versions of a text, told by what both have and what one of them has alone. */
export const REVISIONS: readonly [Revision, ...Revision[]] = [
  {
    parts: [
      ['same', 'Invoices are due within '],
      ['removed', '14'],
      ['added', '30'],
      ['same', ' days. Late payments cost '],
      ['removed', '2'],
      ['added', '1.5'],
      ['same', ' % a month'],
      ['added', ', counted from the due date'],
      ['same', '.'],
    ],
    changes: { added: 1, removed: 0, replaced: 2 },
  },
  {
    parts: [
      ['same', 'Our bread is baked from '],
      ['removed', 'flour, water, salt and yeast'],
      ['added', 'organic flour, water and salt'],
      ['same', '. It rests for a day and a night'],
      ['removed', ' in the cellar'],
      ['same', ' before it goes into the oven.'],
    ],
    changes: { added: 0, removed: 1, replaced: 1 },
  },
]
