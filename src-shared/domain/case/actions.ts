/** Everything that can be done to a case: what it is called, its key, and whether it can be taken back. Who may do it when is in `transitions.ts`. */
export interface ActionSpec {
  readonly title: string
  /** `move` changes hands, `request` asks, `decision` answers a request, `note` adds to the file. */
  readonly form: 'move' | 'request' | 'decision' | 'note'
  /** The one key that means this everywhere: F9 approves, F10 sends back, F11 is the third choice. */
  readonly key?: 'F9' | 'F10' | 'F11' | 'Ctrl+U'
  /** May be taken back for some seconds, while the next person has not seen it. */
  readonly isUndoable?: true
  /** Notes are queued while the centre is away; everything else is live. */
  readonly isQueued?: true
}

export const caseActions = {
  orderVerification: { title: '发核实', form: 'move', isUndoable: true },
  reportVerification: { title: '核实回报', form: 'move' },
  withdrawVerification: { title: '撤回核实', form: 'move' },
  preFile: { title: '预立案', form: 'move', key: 'F9', isUndoable: true },
  proposeDecline: { title: '建议不立案', form: 'move', key: 'F10', isUndoable: true },
  defer: { title: '缓受理', form: 'move', key: 'F11', isUndoable: true },
  resume: { title: '恢复', form: 'move' },
  mergeDuplicate: { title: '并案', form: 'move', isUndoable: true },
  replyOnly: { title: '答复办结', form: 'move', isUndoable: true },
  fileUrgent: { title: '紧急立案', form: 'move' },
  file: { title: '立案', form: 'move', key: 'F9', isUndoable: true },
  decline: { title: '不立案', form: 'move', key: 'F11', isUndoable: true },
  sendBack: { title: '回退', form: 'move', key: 'F10', isUndoable: true },
  dispatch: { title: '派遣', form: 'move', key: 'F9', isUndoable: true },
  dispute: { title: '提交指挥长', form: 'move', key: 'F11', isUndoable: true },
  assign: { title: '裁定派遣', form: 'move', key: 'F9', isUndoable: true },
  reportHandled: { title: '处置完毕', form: 'move', key: 'F9', isUndoable: true },
  acceptHandling: { title: '督查通过', form: 'move', key: 'F9', isUndoable: true },
  rework: { title: '返工', form: 'move', key: 'F10', isUndoable: true },
  orderCheck: { title: '发核查', form: 'move', key: 'F9', isUndoable: true },
  forwardWithoutCheck: { title: '转值班长（无核查）', form: 'move', key: 'F11', isUndoable: true },
  reportCheck: { title: '核查回报', form: 'move' },
  withdrawCheck: { title: '撤回核查', form: 'move' },
  recheck: { title: '再核查', form: 'move', key: 'F11', isUndoable: true },
  close: { title: '结案', form: 'move', key: 'F9', isUndoable: true },
  reopen: { title: '重新打开', form: 'move' },

  requestExtend: { title: '申请延期', form: 'request' },
  requestSuspend: { title: '申请缓办', form: 'request' },
  requestSendBack: { title: '申请回退', form: 'request', key: 'F10' },
  requestVoid: { title: '请作废', form: 'request' },
  requestCloseWithoutCheck: { title: '申请无核查结案', form: 'request' },
  withdrawRequest: { title: '撤回申请', form: 'decision' },
  approveRequest: { title: '同意申请', form: 'decision', key: 'F9', isUndoable: true },
  consentVoid: { title: '同意作废', form: 'decision', key: 'F9' },
  refuseRequest: { title: '不同意申请', form: 'decision', key: 'F10', isUndoable: true },

  urge: { title: '催办', form: 'note', key: 'Ctrl+U' },
  oversee: { title: '督办', form: 'note' },
  addOpinion: { title: '记意见', form: 'note', isQueued: true },
  attach: { title: '加附件', form: 'note', isQueued: true },
  relate: { title: '关联案卷', form: 'note' },
  annotatePhoto: { title: '标注照片', form: 'note', isQueued: true },
  followUp: { title: '回访', form: 'note', isQueued: true },
  amend: { title: '更正案卷', form: 'note' },
  reportArrival: { title: '到场登记', form: 'note', isQueued: true },

  proposeReply: { title: '报审回复', form: 'note' },
  approveReply: { title: '核准回复', form: 'note' },
  returnReply: { title: '退改回复', form: 'note' },
  returnToSource: { title: '人工回传', form: 'note' },
  deliverReply: { title: '回复送达', form: 'note' },
  giveUpReply: { title: '回复送不到', form: 'note' },
} as const satisfies Record<string, ActionSpec>

export type ActionId = keyof typeof caseActions
export const actionIds = Object.keys(caseActions) as readonly ActionId[]
export const actionSpec = (action: ActionId): ActionSpec => caseActions[action]
