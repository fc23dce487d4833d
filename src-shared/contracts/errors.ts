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
