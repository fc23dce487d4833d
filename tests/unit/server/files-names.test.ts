import { describe, expect, it } from 'vitest'
import { contentDisposition, safeFileName } from '#server/workflows/attachments/file-name'

describe('the name of an attachment', () => {
  it.each([
    ['现场.JPG', '现场.jpg'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['C:\\Users\\a\\b.png', 'b.jpg'],
    ['invoice\u202egpj.exe', 'invoicegpj.jpg'],
    ['a\u0000b\nc\u0085.jpg', 'abc.jpg'],
    ['.htaccess', 'htaccess.jpg'],
    ['...', '附件.jpg'],
    ['\u200f\u2066', '附件.jpg'],
    ['半\ud800字.jpg', '半字.jpg'],
    ['a"b<c>:?*|.jpg', 'a_b_c_____.jpg'],
    [`${'长'.repeat(200)}.jpg`, `${'长'.repeat(80)}.jpg`],
  ])('%j is kept as %s', (given, kept) => {
    expect(safeFileName(given, 'image/jpeg')).toBe(kept)
  })

  it('ends in what the file is', () => {
    expect(safeFileName('批文.exe', 'application/pdf')).toBe('批文.pdf')
  })

  it('goes into a header in letters that no header can be broken with', () => {
    expect(contentDisposition('attachment', `批文 (1)'*.pdf`)).toBe("attachment; filename*=UTF-8''%E6%89%B9%E6%96%87%20%281%29%27%2A.pdf")
  })
})
