import type { AppError } from '../base/app-error'

/**
 * Every expected failure of the system, once: code, HTTP status when the central server gives it, whether trying again unchanged can help, and
 * the Chinese sentence. A sentence says what happened, what is safe and what to do next; `{name}` is filled from the error's detail.
 */
export interface ErrorEntry {
  readonly status: number
  readonly retryable: boolean
  readonly message: string
}

const entry = (status: number, retryable: boolean, message: string): ErrorEntry => ({ status, retryable, message })

export const errorCatalogue = {
  // ---- who is asking
  'auth/wrongPassword': entry(401, false, '账号或口令不正确，还可再试 {remaining} 次。'),
  'auth/lockedOut': entry(423, false, '口令连续输错 5 次，账号已锁定，{minutes} 分钟后自动解锁；急用请找系统管理员。'),
  'auth/accountDisabled': entry(403, false, '此账号已停用，请找系统管理员。'),
  'auth/signInRequired': entry(401, false, '请先签入。已填写的内容都在本机。'),
  'auth/tokenExpired': entry(401, false, '签入已过期，请重新签入；已填写的内容都在本机。'),
  'auth/forbidden': entry(403, false, '您的岗位（{role}）没有这项权限。'),
  'auth/roleNotHeld': entry(403, false, '此账号没有这个岗位，请换岗位签入。'),
  'auth/weakPassword': entry(422, false, '新口令至少 10 个字符，且不能与账号或旧口令相同。'),
  'auth/offlineUnknown': entry(503, true, '中心暂时连不上，本机也没有此账号近 7 天的签入记录，请恢复网络后再签入，或换本机用过的账号。'),
  'auth/passwordMustChange': entry(403, false, '首次签入须先修改口令，改好后即可使用；已填写的内容都在本机。'),
  // ---- the request
  'request/malformed': entry(400, false, '请求不是有效的 JSON，没有做任何改动。'),
  'request/invalid': entry(422, false, '内容不符合要求：{fields}。没有做任何改动。'),
  'request/tooLarge': entry(413, false, '内容超过 {limit} 上限，没有保存，请缩短后重试。'),
  'request/unsupportedMedia': entry(415, false, '请求的内容类型不受支持，请使用 JSON。'),
  'request/unknownRoute': entry(404, false, '没有这个接口。'),
  'request/keyReused': entry(422, false, '同一个请求编号已用于另一份内容，这一份没有执行。'),
  'request/keyMissing': entry(400, false, '缺少请求编号（Idempotency-Key），没有执行。'),
  'request/versionMissing': entry(428, false, '缺少版本号（If-Match），没有执行。'),
  'request/busy': entry(429, true, '请求过于频繁，请稍候再试。'),
  // ---- records
  'record/notFound': entry(404, false, '没有找到这条记录，可能已被移除。'),
  'record/stale': entry(412, false, '这条记录刚被他人改过（现为第 {current} 版），您的改动没有保存，请看过最新内容再改。'),
  'record/exists': entry(409, false, '编号 {key} 已存在，请换一个。'),
  // ---- duty log
  'dutyLog/empty': entry(422, false, '日志内容为空。'),
  'dutyLog/tooLong': entry(422, false, '日志最长 2000 字，请分成几条。'),
  'dutyLog/monthClosed': entry(409, false, '这条日志写于 31 天以前，该月已归档，不能补记；请改为今天的日志并注明原时间。'),
  // ---- attachments
  'attachment/tooLarge': entry(413, false, '附件超过 {limit} 上限，没有收下；请缩小后作为新的附件再传。'),
  'attachment/wrongType': entry(415, false, '附件的内容不是可以收下的类型（{allowed}），没有收下；请换成这些类型的文件。'),
  'attachment/unreadable': entry(422, false, '这张照片已损坏，无法打开，没有收下；请重拍或另选一张。'),
  'attachment/wrongOffset': entry(409, false, '附件已收到 {expected} 字节，请从那里接着传；已收到的部分都在。'),
  'attachment/hashMismatch': entry(422, false, '附件传完后核对不一致，收到的部分已作废，请从头重传；本机的原文件不受影响。'),
  'attachment/notStored': entry(507, true, '中心的附件存储不可用，这一段没有存下，之前收到的部分都在；请通知系统管理员，稍后接着传。'),
  'attachment/tooMany': entry(429, true, '您已有 {count} 个附件还没有用到案件上，新的附件没有收下；请先用掉它们，未用的 7 天后自动清除。'),
  'attachment/unknown': entry(404, false, '没有找到这个附件，可能从未上传、已过 7 天被清除，或不属于您可以看的案件。'),
  'attachment/notYours': entry(403, false, '这个附件由他人上传，不能使用；请自己上传一份。'),
  'attachment/notReady': entry(409, true, '附件还没有传完并通过检查，请等它传完再用。'),
  // ---- cases
  'case/notInState': entry(409, false, '案卷现在是“{state}”，不能{action}，没有做任何改动；请看最新经过。'),
  'case/wrongRole': entry(403, false, '这一步（{action}）现在不由您的岗位办理，没有做任何改动。'),
  'case/inputMissing': entry(422, false, '还缺：{fields}。没有提交，已填的都在。'),
  'case/threeElementsMissing': entry(422, false, '三要素不全，缺{missing}，不能预立案；请补齐或先发核实。'),
  'case/notPlaced': entry(422, false, '位置还没有落实：须有位置描述，并在地图上落点或选定网格。'),
  'case/notClassified': entry(422, false, '还没有选定小类，请先选小类。'),
  'case/notVerified': entry(409, false, '公众来源须先核实属实才能预立案，现在是“{conclusion}”；请发核实，或建议不立案。'),
  'case/notUrgent': entry(409, false, '这件不是紧急案卷，不能走紧急立案；请按预立案办理。'),
  'case/sameAsOther': entry(422, false, '不能与这一件并案或关联，请另选一件。'),
  'case/otherEnded': entry(409, false, '{caseNo} 已经是“{state}”，并进去就没有人再办了；请另选一件在办的，或关联后照常办理。'),
  'case/notYourTask': entry(403, false, '这项任务没有派给您，没有做任何改动。'),
  'case/photosMissing': entry(422, false, '回报须附现场照片，请拍照后再报。'),
  'case/ownFiling': entry(403, false, '预立案是您办的，立案须由另一位值班长复审。'),
  'case/ownClosing': entry(403, false, '这件返过工而立案是您办的，结案须由另一位值班长复审。'),
  'case/checksDue': entry(422, false, '结案核对还有必核项没有勾：{items}。核对后再结案。'),
  'case/onlySecrecyNow': entry(409, false, '案卷办到这一步，只能更正敏感标记和投诉坐席；别的内容请写进意见。'),
  'case/citizenNotTold': entry(422, false, '不立案须先告知来电人，告知后请勾选“已告知来电人”。'),
  'case/limitNotPositive': entry(422, false, '处置时限须大于 0，请填写时限。'),
  'case/notYourDepartment': entry(403, false, '这件没有派给您的部门，没有做任何改动。'),
  'case/handlingUnproven': entry(422, false, '处置完毕须附处置后照片；有审批手续的请上传材料并文字注明。'),
  'case/notSolved': entry(409, false, '核查结果不是“已解决”，不能结案；请返工或再核查。'),
  'case/followUpDue': entry(
    409,
    false,
    '公众来源须回访后才能结案：已在 {done} 个不同时段打过，须满 {attempts} 个时段无人接听，或回访满意。',
  ),
  'case/citizenDissatisfied': entry(409, false, '来电人回访不满意，不能结案；请返工，或再次回访满意后结案。'),
  'case/noCitizen': entry(409, false, '这件没有来电人，不需要回访。'),
  'case/reopenedBefore': entry(409, false, '这件已经重新打开过一次，不能再打开；请另行登记并关联。'),
  'case/requestPending': entry(409, false, '有一项申请正在等待审批，批复之后才能办理这一步。'),
  'case/requestUnknown': entry(409, false, '这项申请已有结果或已撤回，请看最新经过。'),
  'case/ownRequest': entry(403, false, '不能审批自己的申请，请由另一位有权的人办理。'),
  'case/notYourRequest': entry(403, false, '只有提出申请的本人可以撤回。'),
  'case/extensionTooLong': entry(422, false, '延长超过上限：各次延期合计不超过原时限的一倍，还可延长 {most}。'),
  'case/voidNotReviewed': entry(409, false, '作废须先由值班长初审同意，再由平台主管同意。'),
  'case/needsSecondPerson': entry(403, false, '作废须两个人同意，您已经办过初审，请由另一位同意。'),
  'case/undoTooLate': entry(409, false, '已超过 {seconds} 秒，不能撤销；需要更正请走回退。'),
  'case/undoNotYours': entry(403, false, '最后一步不是您办的，不能撤销。'),
  'case/undoNotPossible': entry(409, false, '这一步不能撤销，或之后又有了新的经过。'),
  'case/undoSeen': entry(409, false, '{name} 已经打开过这件，不能撤销；需要更正请走回退。'),
  'case/locked': entry(423, false, '{name}（坐席 {seatNo}）正在编辑，到 {until} 为止；您可以阅读，值班长可接管。'),
  'case/codeUnknown': entry(422, false, '分类代码 {code} 不属于 {standard}：{explanation}没有提交，已填的都在。'),
  'case/placeUnknown': entry(422, false, '位置编码 {code} 不对：{explanation}没有提交，已填的都在。'),
  'case/citizenMissing': entry(422, false, '来电登记须有回叫号码；匿名来电请勾选“不必回访”。'),
  'case/bulkTooMany': entry(422, false, '一次最多批量办理 {limit} 件，请分批。'),
  'case/notCached': entry(503, true, '中心连不上，本机没有存过这件的详情；恢复后会自动打开。'),
  'view/tooMany': entry(409, false, '视图最多保存 {limit} 个，请先删去不用的。'),
  'view/nameTaken': entry(409, false, '您已有名为“{name}”的视图，没有保存，请换一个名称。'),
  'export/tooMany': entry(429, true, '您已有 {count} 个导出正在进行，请等一个完成或取消后再试。'),
  'export/tooLarge': entry(422, false, '符合条件的有 {count} 件，超过一次导出的上限 {limit} 件，请缩小范围。'),
  'export/notReady': entry(409, true, '这次导出没有完成的文件，请等它完成，或重新导出。'),
  'profile/unusable': entry(422, false, '中心配置不能使用：{mistakes}。没有改动，仍用原配置。'),
  'reference/unusable': entry(422, false, '这份{title}不能使用：{mistakes}。没有改动，仍用原来的。'),
  // ---- geodata of the city
  'geo/refused': entry(422, false, '没有保存：{problems}。原来的数据没有改动。'),
  'geo/fileTooLarge': entry(413, false, '文件有 {bytes}，超过一次导入的上限 {limit}，没有收下；请按街道分成几个文件导入。'),
  'geo/importRunning': entry(409, true, '{fileName} 正在导入，一次只能进行一个；请等它结束或先取消。'),
  'geo/wrongOffset': entry(409, false, '文件已收到 {expected} 字节，请从那里接着传；已收到的部分都在。'),
  'geo/hashMismatch': entry(422, false, '文件传完后核对不一致，收到的部分已作废，数据没有改动；请重新导入。'),
  'geo/notStored': entry(507, true, '中心的磁盘写不下这个文件，数据没有改动；请通知系统管理员清理磁盘后再试。'),
  'geo/notReady': entry(409, false, '这次导入现在是“{state}”，不能这样做；数据没有改动。'),
  // ---- accounts and seats
  'account/lastAdmin': entry(409, false, '这是最后一个在用的系统管理员，不能停用或改岗。'),
  'seat/unknown': entry(404, false, '中心没有登记坐席 {seatNo}，请系统管理员先登记。'),
  'seat/taken': entry(409, false, '坐席 {seatNo} 正由 {name} 使用；请先在那里签出。'),
  // ---- reaching the centre
  'central/offline': entry(503, true, '中心连不上，这项操作需要中心在线，没有执行；恢复后请再试。'),
  'central/timeout': entry(504, true, '中心 3 秒内没有回应，不能确定是否已执行，请看最新状态后再决定。'),
  'central/interrupted': entry(502, true, '与中心的连接中途断开，不能确定是否已执行，请看最新状态后再决定。'),
  'central/fault': entry(500, true, '中心处理时出错，已记录；请稍后再试。'),
  'central/unintelligible': entry(502, true, '中心的回答不符合约定，没有采用；请通知系统管理员核对版本。'),
  // ---- the seat
  'seat/closed': entry(503, true, '本机程序暂时没有回应，正在自动重连；已填写的内容都在，这次操作没有得到确认，连上后请看最新状态再试。'),
  'seatApi/unknownCommand': entry(404, false, '本机程序不认识这个操作，已拒绝并记录。'),
  'seatApi/malformed': entry(422, false, '本机程序收到的内容不符合约定，已拒绝并记录：{fields}。'),
  'seatApi/unknownSender': entry(403, false, '来源不明的窗口，已拒绝并记录。'),
  'session/locked': entry(423, false, '坐席已锁定，请先输入口令解锁；通话与已填写的内容不受影响。'),
  'session/alreadySignedIn': entry(409, false, '本坐席已有人签入，请先签出。'),
  'intent/unknown': entry(404, false, '这条待发送记录已经送达或已撤回。'),
  'intent/sending': entry(409, true, '这条记录正在发送，请稍候再改。'),
  'intent/uncertain': entry(
    409,
    true,
    '这条记录已发出而没有收到回音，中心可能已收下，现在不能改也不能撤回；请等它送达或未被接受后再处理。',
  ),
  'intent/notYours': entry(403, false, '这条待发送记录是账号 {accountNo} 写的，只有本人签入后才能重发、修改或撤回。'),
  'intent/notEditable': entry(422, false, '这类待发送记录不能修改，只能重发或撤回。'),
  'intent/notWithdrawable': entry(422, false, '这类记录由程序自动保存并送中心，不能撤回，只能重发。'),
  'store/full': entry(507, true, '本机磁盘已满，这次没有存下；请不要关闭窗口，清出空间后会自动重存。'),
  'store/readOnly': entry(507, false, '本机数据目录不可写，这次没有存下；请保留窗口并通知系统管理员。'),
  'store/corrupt': entry(500, false, '本机数据库损坏，已改用最近的备份，损坏的文件保留备查。'),
  'store/encrypted': entry(500, false, '本机数据库已加密，而密钥不对或取不到，没有改动任何数据。'),
  'store/damaged': entry(500, false, '本机数据库有损坏，这次没有备份；已存的内容不受影响，请尽快重新启动程序，启动时会自动修复。'),
  'store/newer': entry(
    500,
    false,
    '本机数据库由更新版本的程序写成（第 {found} 版，本程序认到第 {known} 版），没有改动任何数据，请先升级程序。',
  ),
  'store/migrationFailed': entry(
    500,
    false,
    '本机数据库升级没有成功（第 {migration} 步），原有数据没有改动，请改用上一版本的程序并通知系统管理员。',
  ),
  'store/inUse': entry(500, true, '本机数据库正被另一个程序占用，没有改动任何数据，请关闭那个程序后再打开。'),
  // ---- the telephone at the seat
  'call/unknown': entry(404, false, '没有这通电话，可能刚刚结束；请看通话记录。'),
  'call/ended': entry(409, false, '这通电话已经结束，没有执行。'),
  'call/notRinging': entry(409, false, '这通电话现在没有在振铃。'),
  'call/notConnected': entry(409, false, '通话正处于“{phase}”，接通以后才能这样做。'),
  'call/held': entry(409, false, '通话已经在保持。'),
  'call/notHeld': entry(409, false, '通话没有在保持。'),
  'call/holdPending': entry(409, true, '保持或取回还在等对方确认，请稍候。'),
  'call/transferring': entry(409, true, '正在转接，成功或失败以后才能再操作。'),
  'call/citizenStillThere': entry(409, false, '请等来电人先挂机；确需本席先挂，请按住挂机键 {seconds} 秒或先选原因。'),
  'call/badDigits': entry(422, false, '只能送数字、*、# 和 A–D，最多 32 位。'),
  'call/bothLinesBusy': entry(409, false, '两路都在用，先结束一路再拨。'),
  'call/needsTwoCalls': entry(409, false, '需要两路都接通。'),
  'call/inConference': entry(409, false, '正在三方会议，先拆开再操作。'),
  'call/notRecorded': entry(409, false, '这通电话没有在录音。'),
  'agent/notAtSeat': entry(404, false, '这名坐席此刻没有签入电话，没有送出。'),
  'agent/notTalking': entry(409, false, '{name} 现在没有在通话，没有接入。'),
  'agent/signedOut': entry(409, false, '电话还没有签入。'),
  'agent/cannotAnswer': entry(409, true, '现在不能示闲：{faults}。排除以后会自动恢复示闲。'),
  'agent/forcedByLead': entry(409, false, '值班长已让本席示忙：{note}。由值班长解除。'),
  'agent/notInWrapUp': entry(409, false, '现在不在话后整理。'),
  'agent/wrapUpTooLong': entry(409, false, '话后整理最长 {minutes} 分钟；还要更久请示忙并选原因。'),
  'agent/inCall': entry(409, false, '通话中不能签出，请先结束通话。'),
  'phone/notConfigured': entry(409, false, '本坐席没有可用的电话：{reason}其他工作不受影响。'),
  'phone/noPassword': entry(409, false, '本机没有分机 {account} 的口令，线路没有开；请系统管理员在坐席配置里补上。'),
  'phone/offline': entry(503, true, '电话线路暂时不通，没有呼出；线路恢复后可以重拨。'),
  'phone/refused': entry(502, false, '对方或交换机没有接受（{status} {reason}），通话状态没有改变。'),
  'phone/noAnswer': entry(504, true, '对方或交换机没有回应，请稍后再试。'),
  'phone/badTarget': entry(422, false, '号码“{target}”不能拨打，请检查后再拨。'),
  'phone/callEnded': entry(409, false, '这通电话已经结束。'),
  'phone/notNow': entry(409, true, '通话正处于“{state}”，现在不能做这一步。'),
  'phone/noMedia': entry(502, false, '双方没有共同的语音格式，无法通话，请通知系统管理员检查交换机设置。'),
  'phone/noSupervision': entry(409, false, '交换机的配置里没有“{mode}”的特征码，请系统管理员在线路配置里补上。'),
  'cti/offline': entry(503, true, '交换机的排队接口暂时连不上，示闲示忙恢复后会补报；坐席接打电话不受影响。'),
  'cti/refused': entry(502, false, '交换机的排队接口没有接受（{reason}），请系统管理员检查队列和坐席的配置。'),
  'phone/soundRefused': entry(422, false, '界面的声音没有接上，通话不受影响；请刷新界面，仍不行请通知系统管理员。'),
  'recording/diskFull': entry(507, true, '磁盘已满，录音停在 {at}，之前录下的都在；通话不受影响，请通知系统管理员清理磁盘。'),
  'recording/notWritable': entry(507, true, '录音写不进磁盘，停在 {at}，之前录下的都在；通话不受影响，请通知系统管理员。'),
  'recording/unknown': entry(404, false, '没有找到这段录音，可能还没有传到中心，或不属于您可以听的通话。'),
  'recording/notYours': entry(403, false, '这通电话由他人接听，只有本人、值班长和质检岗位可以听录音。'),
  'recording/notReady': entry(409, true, '录音还没有传完，坐席空闲时会继续上传，请稍后再听。'),
  'recording/purged': entry(410, false, '录音已过保存期限，按规定清除；通话记录仍在。'),
  'recording/missing': entry(410, false, '本机的录音文件不见了或打不开，通话记录仍在；请通知系统管理员。'),
  'recording/wrongOffset': entry(409, false, '录音已收到 {expected} 字节，请从那里接着传；已收到的部分都在。'),
  'recording/tooLong': entry(422, false, '这一段超出先前说明的 {bytes} 字节，没有收下。'),
  'recording/hashMismatch': entry(422, false, '录音传完后核对不一致，中心收到的部分已作废；本机的录音都在，可在待发送中重发。'),
  'recording/wrongType': entry(415, false, '传来的不是通话录音，中心没有收下；本机的文件都在，请通知系统管理员。'),
  'recording/notStored': entry(507, true, '中心的录音存储不可用，这一段没有存下，之前收到的部分都在；请通知系统管理员，稍后自动接着传。'),
  'recording/lineBusy': entry(503, true, '正在通话，录音等线路空闲后再传。'),
  'recording/notRecording': entry(409, false, '这通电话现在没有录音。'),
  'phone/profileInvalid': entry(422, false, '交换机配置有误：{fields}。仍使用原来的配置。'),
  'sound/unavailable': entry(503, true, '本机的话音部件没有起来，听不到也说不出；正在自动重试，持续不恢复请重启程序，正在写的内容都在。'),
  'window/blocked': entry(409, false, '浏览器拦截了新窗口，请允许本页弹出窗口后再试。'),
  'options/invalid': entry(400, false, '启动参数有误：{problem}。程序没有启动，请改正后再试。'),
  'internal/fault': entry(500, false, '程序内部出错，已记录；已填写的内容都在本机。'),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue

export const errorCodes = Object.keys(errorCatalogue) as readonly ErrorCode[]

/** Builds the value that crosses boundaries; places in the sentence are filled from `detail`, a missing one shows as `—`. */
export function appError(code: ErrorCode, detail?: Readonly<Record<string, unknown>>): AppError<ErrorCode> {
  const { message, retryable } = errorCatalogue[code]
  const sentence = message.replace(/\{(\w+)\}/g, (_, name: string) => String(detail?.[name] ?? '—'))
  return { code, message: sentence, retryable, ...(detail && { detail }) }
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCatalogue, text)
}
