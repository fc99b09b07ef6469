const START = /#region (?<features>[\w -]+?)\s*(\*\/\}|-->)?$/
const END = /#endregion\b/
const ONLY = /#only (?<features>[\w -]+?)\s*(\*\/|-->|$)/

/**
 * Takes the regions of a feature out of a text, in whatever comments its language has: from the line that says
 * `#region <feature>` to the one that says `#endregion`, and single lines that say `#only <feature>`. What names several
 * features goes with the first that is removed.
 * @throws when a region has no end
 */
export function cutRegions(text: string, feature: string): string {
  const kept: string[] = []
  let isInside = false
  for (const line of text.split('\n')) {
    if (names(START, line, feature)) isInside = true
    else if (isInside && END.test(line)) isInside = false
    else if (!isInside && !names(ONLY, line, feature)) kept.push(line)
  }
  if (isInside) throw new Error(`A region of ${feature} has no end.`)
  return kept.join('\n')
}

function names(mark: RegExp, line: string, feature: string): boolean {
  return mark.exec(line)?.groups?.features?.split(' ').includes(feature) ?? false
}
