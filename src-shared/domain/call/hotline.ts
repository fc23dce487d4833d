/** The rules of a city's hotline at the seat, as the centre's settings have them (`reference/hotline.json` names the norms behind them). */
export interface HotlineSettings {
  /** A call with a citizen ends with a chosen code 小结: nobody is ready again without it. */
  readonly isWrapUpCodeCompulsory: boolean
  readonly wrapUpSeconds: number
  /** The bar shows a citizen's number with its middle hidden; who shows it is in the audit. GB/T 33358: 投诉人信息保密. */
  readonly masksNumbers: boolean
}

/** Where a centre has said nothing. */
export const usualHotlineSettings: HotlineSettings = { isWrapUpCodeCompulsory: false, wrapUpSeconds: 30, masksNumbers: false }
