/**
 * Says in one Chinese phrase what is wrong with a payload, naming fields and never their contents. For people and logs alike.
 */
export interface FieldError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: unknown
}

const complaints: Readonly<Record<string, string>> = {
  required: '缺少',
  type: '类型不对',
  format: '格式不对',
  pattern: '格式不对',
  enum: '不在可选范围',
  const: '不在可选范围',
  anyOf: '不在可选范围',
  minLength: '太短',
  maxLength: '太长',
  minimum: '太小',
  maximum: '太大',
  minItems: '太少',
  maxItems: '太多',
  uniqueItems: '有重复',
  additionalProperties: '不应有',
}

const labels: Readonly<Record<string, string>> = {
  accountNo: '账号',
  password: '口令',
  oldPassword: '旧口令',
  newPassword: '新口令',
  role: '岗位',
  roles: '岗位',
  shift: '班次',
  seatNo: '坐席号',
  name: '姓名',
  text: '正文',
  kind: '类别',
  key: '草稿名',
  body: '草稿内容',
  intentId: '记录编号',
  theme: '主题',
  layout: '布置',
  pane: '窗格',
}

/** Longest list worth reading. */
const mostFields = 6

export function describeFields(errors: readonly FieldError[]): string {
  const phrases = new Set<string>()
  for (const error of errors) for (const field of fieldsOf(error)) phrases.add(`${field} ${complaints[error.keyword] ?? '不符合要求'}`)
  const listed = [...phrases]
  return listed.length > mostFields ? `${listed.slice(0, mostFields).join('、')} 等 ${listed.length} 处` : listed.join('、')
}

/** A missing or surplus property is named in the error's parameters; its path is that of the object around it. */
function fieldsOf({ keyword, instancePath, params }: FieldError): readonly string[] {
  const given = params as { requiredProperties?: readonly string[]; additionalProperties?: readonly string[] }
  const names = (keyword === 'required' && given.requiredProperties) || (keyword === 'additionalProperties' && given.additionalProperties)
  // Said once more by `additionalProperties`, with the name.
  if (keyword === 'boolean') return []
  const path = instancePath.split('/').filter((part) => part !== '')
  if (names) return names.map((name) => label([...path, name]))
  return [path.length === 0 ? '整份内容' : label(path)]
}

/** Names that the table does not know came from outside: shortened, for the log's sake. */
function label(path: readonly string[]): string {
  return path.map((part) => labels[part] ?? part.slice(0, 30)).join('.')
}
