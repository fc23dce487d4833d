/** What a call came to, as the person says it in the wrap-up 话后整理: one word for the statistics of the shift. The note beside it is free text. */
export const wrapUpCodes = {
  registered: { name: '已登记案件' },
  answered: { name: '咨询答复' },
  progress: { name: '查询进度' },
  supplement: { name: '补充或催办' },
  followUp: { name: '回访' },
  referred: { name: '转其他部门' },
  notOurs: { name: '不属受理范围' },
  silent: { name: '无声或断线' },
  nuisance: { name: '骚扰' },
  internal: { name: '内部联系' },
} as const

export type WrapUpCode = keyof typeof wrapUpCodes
export const wrapUpCodeIds = Object.keys(wrapUpCodes) as readonly WrapUpCode[]
