/** What a value is called in a table of names; one that is not in it goes by itself. */
export function findLabel(labels: Record<string, string>, value: string | number | undefined): string {
  const key = String(value ?? '')
  return Object.hasOwn(labels, key) ? (labels[key] ?? key) : key
}
