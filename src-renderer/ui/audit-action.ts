/**
 * What an audit line's action is called in Chinese. Actions are an open set that the centre extends; an unknown one is shown as it is, since an
 * auditor must see every line.
 */
const names: Readonly<Record<string, string>> = {
  'session.opened': '签入',
  'session.closed': '签出',
  'session.failed': '口令不正确',
  'account.created': '新建账号',
  'account.updated': '修改账号',
  'account.locked': '账号锁定',
  'account.passwordReset': '重设口令',
  'account.passwordChanged': '修改口令',
  'seat.created': '登记坐席',
  'seat.updated': '修改坐席',
  'agent.notReady': '置忙坐席',
  'agent.release': '解除置忙',
  'agent.say': '提示坐席',
  'call.handed': '接管后移交登记表',
  'caller.lookUp': '来电弹屏',
  'dutyLog.appended': '记工作日志',
  'seatKey.registered': '登记坐席公钥',
  'roster.written': '写排班',
  'admission.created': '准许上机',
  'attendance.corrected': '更正考勤',
  'handover.step': '交接班一步',
  'handover.vouched': '接班人确认身份',
  'equipment.written': '写设备台账',
  'repair.step': '报障单一步',
  'moraleReport.appended': '汇报思想动态',
  'recording.received': '收到录音',
  'recording.refused': '录音没有收下',
  'recording.played': '收听录音',
  'recording.held': '保全录音',
  'recording.released': '解除录音保全',
  'recording.purged': '录音到期清除',
  'collector.trackRead': '查看采集员轨迹',
  'reference.imported': '导入基础数据',
  'reference.saved': '修改基础数据',
  'citizenLink.created': '给出传照片链接',
  'knowledge.saved': '修改知识库',
  'baseMaps.keysChanged': '更换底图密钥',
  'geo.changed': '修改城市底数',
  'geo.imported': '导入城市底数',
  'geo.exported': '导出城市底数',
  'gbDevice.created': '登记国标设备',
  'gbDevice.updated': '修改国标设备',
  'camera.entered': '国标通道进目录',
  'quality.entered': '质检',
  'quality.formSaved': '修改质检评分表',
}

export function auditActionName(action: string): string {
  return names[action] ?? action
}

/** Known actions, for choosing one in a filter. */
export const auditActions: readonly { readonly action: string; readonly name: string }[] = Object.entries(names).map(([action, name]) => ({
  action,
  name,
}))
