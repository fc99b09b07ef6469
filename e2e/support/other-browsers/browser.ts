/** A browser that Playwright does not drive, as a person uses it. Elements are named by CSS selectors. */
export type OtherBrowser = {
  open(url: string): Promise<void>
  /** Types key by key into a field, which becomes visible first. */
  type(selector: string, text: string): Promise<void>
  /** Presses the first visible element whose text begins so. */
  press(selector: string, text: string): Promise<void>
  /** The text of an element; an empty one while it is not there. */
  text(selector: string): Promise<string>
  /** Runs a function in the page. It can use nothing from around it. */
  run<Result>(act: () => Result): Promise<Awaited<Result>>
  /** Forgets every cookie of the page. */
  signOut(): Promise<void>
  close(): Promise<void>
}

/** An XPath for the elements of `tag` whose text begins so. */
export function startingWith(tag: string, text: string): string {
  return `//${tag}[starts-with(normalize-space(.), "${text}")]`
}
