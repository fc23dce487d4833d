import { err, ok, type Result } from '../../base/result'

/**
 * The duty log 工作日志: what a shift writes down as it happens. An entry is never changed once it has been sent; corrections are entries of
 * their own. Kinds come from the shift rules (`resources/reference/shift-patterns.json` names the sources).
 */
export const dutyLogKinds = {
  event: '事件',
  instruction: '指示',
  equipment: '设备',
  visitor: '来访',
  discipline: '纪律',
  discovery: '发现',
  meeting: '会议',
} as const

export type DutyLogKind = keyof typeof dutyLogKinds

/** Longest entry in characters (code points, as JSON Schema counts them): two pages of the paper log. */
export const dutyLogTextLimit = 2000

/**
 * Checks what a person typed. Returns the text as it will be kept (ends trimmed, control characters that no keyboard makes removed).
 * Errors: `dutyLog/empty`, `dutyLog/tooLong`.
 */
export function parseDutyLogText(typed: string): Result<string, 'dutyLog/empty' | 'dutyLog/tooLong'> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point; tab and line feed stay.
  const text = typed.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim()
  if (text.length === 0) return err('dutyLog/empty')
  if ([...text].length > dutyLogTextLimit) return err('dutyLog/tooLong')
  return ok(text)
}
