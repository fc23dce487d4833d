/**
 * 班前会、班后会 in the duty log: called by the shift lead, who was there, who was not and why, what was told (S1: 上传下达; S3: 未开班前会每次扣 2 分). Kept
 * as log entries of one pattern and read back from them, so that a meeting is sealed like everything else and needs no second place. Pure.
 */
export const meetings = { before: '班前会', after: '班后会' } as const
export type MeetingKind = keyof typeof meetings

export interface Meeting {
  readonly kind: MeetingKind
  readonly present: readonly string[]
  /** Names, each with a reason where one was given. */
  readonly missing: string
  readonly told: string
}

const pattern = /^(班前会|班后会)：到会 (\d+) 人（(.*?)）(?:；未到：(.*?))?；传达：([\s\S]*)$/

export function meetingText({ kind, present, missing, told }: Meeting): string {
  const names = present.map(plain).filter(Boolean)
  // The last of the fields in one line: only what ends it cannot stand in it.
  const others = missing.replace(/[；\n]/g, ' ').trim()
  return `${meetings[kind]}：到会 ${names.length} 人（${names.join('、')}）${others === '' ? '' : `；未到：${others}`}；传达：${told.trim()}`
}

/** What separates the fields cannot stand in one. */
const plain = (text: string) => text.replace(/[（）；、\n]/g, ' ').trim()

/** Undefined: an entry about a meeting in somebody's own words. */
export function readMeeting(text: string): Meeting | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const [, title, , names = '', missing = '', told = ''] = found
  return { kind: title === meetings.before ? 'before' : 'after', present: names.split('、').filter(Boolean), missing, told }
}
