/** A cell that a spreadsheet will not run: one that starts like a formula gets an apostrophe before it. Numbers stay numbers. */
export function escapeCell(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.,]+%?$/.test(cell) ? `'${cell}` : cell
}
