/** A table on its way into a file: what the writers of spreadsheets and of CSV are given. Rows come in pages and are never all in memory. */
export type Cell = string | number | null

export interface SheetColumn {
  readonly title: string
  /** In characters of usual width. */
  readonly width: number
}

export interface Sheet {
  readonly name: string
  /** Who took it, when and where: a line above the table, and on every printed page. */
  readonly watermark: string
  readonly madeAt: Date
  readonly columns: readonly SheetColumn[]
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>
}
