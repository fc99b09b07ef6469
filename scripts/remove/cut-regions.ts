const START = /#region (?<features>[\w -]+?)\s*(\*\/\}|-->)?$/
const END = /#endregion\b/
const ONLY = /#only (?<features>[\w -]+?)\s*(\*\/|-->|$)/

/**
 * Takes the regions of a feature out of a text, in whatever comments its language has: from the line that says
 * `#region <feature>` to the one that says `#endregion`, and single lines that say `#only <feature>`. What names several
 * features goes with the first that is removed. What stands within a region goes with it.
 * @throws when a region has no end
 */
export function cutRegions(text: string, feature: string): string {
  const kept: string[] = []
  // How many regions are open, the feature's own and those within it; 0 outside of its regions.
  let depth = 0
  for (const line of text.split('\n')) {
    if (depth > 0 ? START.test(line) : names(START, line, feature)) depth++
    else if (depth > 0 && END.test(line)) depth--
    else if (depth === 0 && !names(ONLY, line, feature)) kept.push(line)
  }
  if (depth > 0) throw new Error(`A region of ${feature} has no end.`)
  return kept.join('\n')
}

function names(mark: RegExp, line: string, feature: string): boolean {
  return mark.exec(line)?.groups?.features?.split(' ').includes(feature) ?? false
}
