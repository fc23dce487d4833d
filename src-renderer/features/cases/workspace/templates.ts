import type { ActionId } from '#shared/domain/case/actions'

/** Ready words for what is decided many times a day, by action; Ctrl+1…9 puts one in. The first is what a plain F9 says when nothing was typed. */
export interface Phrase {
  readonly title: string
  readonly text: string
}

const phrase = (title: string, text: string): Phrase => ({ title, text })

const table: Partial<Record<ActionId, readonly Phrase[]>> = {
  preFile: [phrase('三要素齐', '三要素齐全，核实属实，建议立案。'), phrase('请尽快', '情况属实且有安全隐患，建议尽快立案。')],
  file: [
    phrase('同意立案', '符合立案条件，同意立案。'),
    phrase('急办', '存在安全隐患，同意立案，请按紧急时限派遣。'),
    phrase('多次反映', '群众多次反映，同意立案，请重点处置。'),
  ],
  dispatch: [phrase('按时处置', '请按时限处置，处置后拍照回传。'), phrase('先防护', '请先设置警示防护，再按时限修复。')],
  assign: [phrase('裁定', '经核对责任矩阵，由该部门负责处置。')],
  reportHandled: [phrase('处置完毕', '已处置完毕，现场已清理。'), phrase('已更换', '已更换并恢复原状，现场已清理。')],
  acceptHandling: [phrase('处置到位', '处置后照片清楚，处置到位，转核查。'), phrase('待核查', '照片可见已处置，请核查确认。')],
  orderCheck: [phrase('核查', '请到现场核查，拍近景和远景各一张。')],
  orderVerification: [phrase('核实', '请到现场核实位置和情况，拍近景和远景各一张。')],
  close: [
    phrase('同意结案', '现场已恢复，达到结案条件，同意结案。'),
    phrase('超时注明', '现场已恢复，同意结案；超时计入责任单位。'),
    phrase('满意结案', '来电人满意，达到结案条件，同意结案。'),
  ],
  approveRequest: [phrase('同意', '情况属实，同意。')],
  consentVoid: [phrase('同意作废', '经复核情况属实，同意作废。')],
  sendBack: [phrase('位置不清', '位置描述不清，请补充后再报。'), phrase('照片不清', '照片看不清问题，请重新核实。')],
  rework: [phrase('照片不符', '处置后照片与问题位置不符，请重新处置并拍照。'), phrase('未到位', '处置不到位，请返工。')],
  decline: [phrase('不属范围', '不属于城市管理范围，已告知来电人相应渠道。')],
  refuseRequest: [phrase('理由不足', '理由不充分，请按原时限处置。')],
  urge: [phrase('催办', '时限将到，请尽快处置并回报。')],
  oversee: [phrase('限期办结', '列为督办，请按要求时间办结并回报。'), phrase('反映强烈', '群众反映强烈，列为督办，请限期办结。')],
  amend: [phrase('核对更正', '经核对照片和描述，予以更正。'), phrase('现场更正', '据监督员现场回报，予以更正。')],
  mergeDuplicate: [phrase('同一问题', '与所选案卷是同一问题，并案办理。')],
  relate: [phrase('同一地点', '与所选案卷同一地点，互为参考。')],
  recheck: [phrase('再核查', '核查照片不足以认定，请到现场再核查。')],
  dispute: [phrase('权属不清', '权属不清，部门意见不一，请裁定。')],
  resume: [phrase('条件已备', '缓办原因已消除，恢复办理。')],
  returnReply: [phrase('写明结果', '请写明何时、由谁、怎样处置。'), phrase('措辞', '措辞请再斟酌，先致谢再说明。')],
  reopen: [phrase('问题复发', '来电人反映问题仍在，重新打开。')],
}

const usual: readonly Phrase[] = [phrase('已阅', '已阅。')]

/** `已阅` is an opinion; as the reason of a step it would say nothing. */
export const phrasesFor = (action: ActionId | undefined): readonly Phrase[] =>
  action === undefined || action === 'addOpinion' ? usual : (table[action] ?? [])

/** The words that stand for an approval when nothing else was typed; only where approving is all that is said. */
export const plainWords = (action: ActionId): string | undefined =>
  action === 'file' || action === 'close' || action === 'acceptHandling' || action === 'preFile' ? table[action]?.[0]?.text : undefined
