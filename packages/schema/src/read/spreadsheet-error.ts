const errorValue = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA|####*)$/i
/** As wide as a column of a spreadsheet can be. */
const longest = 255

/** Whether a cell shows an error of a spreadsheet, such as `#REF!`, or `####`, for which its column was too narrow. It is no answer. */
export function isErrorValue(text: string): boolean {
  return text.length <= longest && errorValue.test(text)
}
