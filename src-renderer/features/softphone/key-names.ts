/**
 * The keys of the telephone and their one meaning each. They keep their places on the bar whether or not they can act. The frame's key table takes
 * its rows from here; F9–F11 belong to the cases.
 */
export const telephoneKeys = {
  answer: { keys: 'F2', meaning: '应答' },
  mute: { keys: 'F3', meaning: '静音，再按取消' },
  hold: { keys: 'F4', meaning: '保持，再按取回' },
  swap: { keys: 'Shift+F4', meaning: '两路切换' },
  keypad: { keys: 'F5', meaning: '拨号与通讯录；通话中为按键' },
  transfer: { keys: 'F6', meaning: '转接；咨询接通后为完成转接' },
  satisfaction: { keys: 'Shift+F6', meaning: '办完以后把市民送到满意度评价，本席离线' },
  conference: { keys: 'F7', meaning: '三方会议，再按拆开' },
  ready: { keys: 'F8', meaning: '示闲；示闲时选示忙原因；通话中选挂机以后' },
  number: { keys: 'Alt+N', meaning: '显示遮住的来电号码（记入审计）' },
  hand: { keys: 'Shift+F8', meaning: '举手请值班长过来，再按放下' },
  said: { keys: 'Alt+Z', meaning: '值班长的文字提示：知道了' },
  summary: { keys: 'Alt+X', meaning: '话后整理：选小结；已有小结时到备注，Enter 完成' },
  hangUp: { keys: 'F12', meaning: '挂机：来电人还在线时按住一秒' },
} as const

export type TelephoneKeyId = keyof typeof telephoneKeys
export const telephoneKeyIds = Object.keys(telephoneKeys) as readonly TelephoneKeyId[]
