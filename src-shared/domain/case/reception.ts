/**
 * What the form 公众举报登记 holds of a call besides the case itself: why somebody called, how pressing it is to them, where they are (which is not where
 * it happened), whether their name stays secret and how they want the answer. Source: rules of the hotline (seed 001; DB12/T 1438-2025 for the classes).
 */
export const callClasses = {
  inquiry: { name: '咨询', filesCase: false, handling: '知识库当场答复；不能答复的转办' },
  complaint: { name: '投诉', filesCase: true, handling: '登记、核实、立案、派遣，回访满意结案' },
  report: { name: '举报', filesCase: true, handling: '同投诉，默认保密' },
  help: { name: '求助', filesCase: true, handling: '属城管的立案，其他引导或三方通话' },
  suggestion: { name: '建议', filesCase: false, handling: '登记转相关部门，重要的报值班长' },
  praise: { name: '表扬', filesCase: false, handling: '登记并告知当事单位' },
  other: { name: '其他', filesCase: false, handling: '骚扰、无声、误拨：标记，不建案' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly filesCase: boolean; readonly handling: string }>>
export type CallClass = keyof typeof callClasses
export const callClassIds = Object.keys(callClasses) as readonly CallClass[]

/** 紧急程度, by what happens without help: nothing, it is hard to mend afterwards, or there is grave harm besides. */
export const urgencies = {
  ordinary: { name: '一般', meaning: '按时限办理' },
  urgent: { name: '紧急', meaning: '不及时处置事后难以处理' },
  grave: { name: '特急', meaning: '不及时处置会造成严重后果' },
} as const
export type Urgency = keyof typeof urgencies
export const urgencyIds = Object.keys(urgencies) as readonly Urgency[]

export const replyMethods = { phone: '电话', message: '短信', letter: '书面' } as const
export type ReplyMethod = keyof typeof replyMethods
export const replyMethodIds = Object.keys(replyMethods) as readonly ReplyMethod[]

export interface Reception {
  /** The call in which it was said; its recording and who hung up are found by it. Null: another way of reporting. */
  readonly callId: string | null
  readonly callClass: CallClass
  readonly urgency: Urgency
  /** Where the caller is, in words; empty when not said. */
  readonly callerPlace: string
  /** 要求保密: the name stays with whoever must call back. */
  readonly isConfidential: boolean
  /** Null: no answer is wanted. */
  readonly replyMethod: ReplyMethod | null
  /** What the collector is to look at, in words for the order of verification. */
  readonly requirement: string
}

/** A report is kept secret unless its caller says otherwise; other calls only when asked. */
export const isConfidentialAtFirst = (callClass: CallClass): boolean => callClass === 'report'
