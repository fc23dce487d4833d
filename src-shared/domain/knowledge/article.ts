/**
 * The words of a hotline: answers with what they rest on, what is said in a situation, what the line takes up and how a person speaks on it. A centre
 * keeps its own; the product brings a beginning. Each article has versions, so that an answer that was given can always be read as it was given.
 */
export const articleKinds = {
  answer: { name: '问答', meaning: '市民常问，照此答复' },
  script: { name: '话术', meaning: '在什么情形怎么说' },
  scope: { name: '受理范围', meaning: '哪些受理，哪些转到哪里' },
  rule: { name: '服务规范', meaning: '接线人员自己要做到的' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly meaning: string }>>
export type ArticleKind = keyof typeof articleKinds
export const articleKindIds = Object.keys(articleKinds) as readonly ArticleKind[]

/** 情形: the order of a call, then what may come up in one. */
export const situations = {
  greeting: '接起',
  listening: '倾听确认',
  asking: '追问要素',
  waiting: '请对方稍等',
  apology: '久等致歉',
  registered: '登记告知',
  more: '还需帮助',
  ending: '结束',
  notOurs: '不属受理范围',
  danger: '危及人身',
  answering: '当场答复',
  unknown: '一时答不了',
  repeated: '重复来电',
  angry: '情绪激动',
  demanding: '要求过高',
  agentNamed: '投诉接线员',
  confidential: '要求保密',
  elderly: '老人或听不清',
  dialect: '方言难懂',
  silent: '无声',
  nuisance: '骚扰',
  transfer: '转接',
  followUp: '回访',
  missed: '未接来电回拨',
  media: '记者来电',
} as const
export type Situation = keyof typeof situations
export const situationIds = Object.keys(situations) as readonly Situation[]

export interface Article {
  readonly articleId: string
  readonly kind: ArticleKind
  readonly title: string
  /** What is said or answered, ready to be read out. */
  readonly text: string
  /** Other words that citizens use for it. */
  readonly keywords: readonly string[]
  /** 依据: the rule that it rests on, or empty. */
  readonly basis: string
  /** Of a script. */
  readonly situation: Situation | null
  /** `event/06010`: classes that it is about. */
  readonly subclasses: readonly string[]
  /** Where a citizen is sent, as it is read out; empty when nowhere. */
  readonly contact: string
  /** `YYYY-MM-DD`, both days included; null: no bound. */
  readonly validFrom: string | null
  readonly validUntil: string | null
  /** False: the centre has yet to confirm it; it is shown so and never proposed first. */
  readonly isCertain: boolean
  readonly version: number
  /** Epoch ms; null for what came with the product. */
  readonly changedAt: number | null
  readonly changedBy: string
}

/** What a person writes of an article; version, time and writer are the centre's to say. */
export type ArticleWords = Omit<Article, 'version' | 'changedAt' | 'changedBy'>

/** In force on that day of China's calendar, `YYYY-MM-DD`. */
export const isInForce = ({ validFrom, validUntil }: Pick<Article, 'validFrom' | 'validUntil'>, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil)

/** What is wrong with an article as a whole; empty when it may be kept. */
export function articleMistakes({ kind, title, text, situation, basis, validFrom, validUntil }: ArticleWords): readonly string[] {
  return [
    ...(title.trim().length < 2 ? ['标题至少两个字'] : []),
    ...(text.trim().length < 2 ? ['内容不能空'] : []),
    ...(kind === 'script' && situation === null ? ['话术须选情形'] : []),
    ...(kind !== 'script' && situation !== null ? ['只有话术有情形'] : []),
    ...(kind === 'answer' && basis.trim() === '' ? ['问答须写依据：答复时要引用'] : []),
    ...(validFrom !== null && validUntil !== null && validUntil < validFrom ? ['失效日早于生效日'] : []),
  ]
}

/** 引用: what an answer rested on, as it is kept with the case and read out years later. */
export interface Quoted {
  /** An article, or `handbook/06010`, `responsibility/06010`. */
  readonly sourceId: string
  /** `第 3 版`. */
  readonly edition: string
  readonly title: string
  readonly basis: string
}

export const quoteWords = ({ title, edition, basis }: Quoted): string => `《${title}》${edition}${basis === '' ? '' : `，依据：${basis}`}`
