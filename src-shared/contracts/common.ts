import { type Static, type TSchema, Type } from 'typebox'
import { roleIds } from '../domain/account/role'

/** Null: said to be none, where a field left out would say nothing. */
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Schemas that several contracts share. Times are epoch milliseconds (UTC), ids UUIDv7. */
export const Uuid = Type.String({ format: 'uuid', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
/** The last moment of the year 9999. Beyond what a calendar shows lie numbers that are no integers to a database. */
const lastMoment = 253_402_300_799_999
export const EpochMs = Type.Integer({ minimum: 0, maximum: lastMoment, description: '毫秒，自 1970-01-01T00:00Z' })
/** One line of text that is stored or searched for: no control characters, of which PostgreSQL takes no NUL at all. */
export const plainText = '^[^\\u0000-\\u001f\\u007f]*$'
/** Several lines of text: no control characters but tab and line breaks. */
const manyLines = '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$'
export const Words = (maxLength: number) => Type.String({ maxLength, pattern: manyLines })
export const Line = (maxLength: number) => Type.String({ maxLength, pattern: plainText })
export const Version = Type.Integer({ minimum: 1, description: '记录版本，每改一次加一' })
export const Role = Type.Enum([...roleIds])
export const SeatNo = Type.String({ pattern: '^[0-9]{1,4}$', description: '坐席号，如 02' })
/** Stands for the mobile terminal 移动终端 of a collector, who sits at no seat; no seat of the hall has this number. */
export const mobileSeatNo = '0'
export const AccountNo = Type.String({ pattern: '^[0-9A-Za-z]{2,16}$', description: '账号（工号）' })
/** 专业部门代码, as the reference document `departments` lists them. */
export const DepartmentCode = Type.String({ pattern: '^[0-9A-Za-z]{1,18}$', description: '专业部门代码' })
/** As the hall dials it: a mobile or an extension. */
export const WorkPhone = Type.String({ pattern: '^\\+?[0-9]{2,20}$', description: '工作电话' })
export const Password = Type.String({ minLength: 1, maxLength: 200 })
export const Name = Type.String({ minLength: 1, maxLength: 40, pattern: plainText })
export const Empty = Type.Object({}, { additionalProperties: false })

/** A page of a list read by key (never by offset): pass `next` as `after` to go on; null means the end. */
export const pageOf = <T extends import('typebox').TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) })

export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 200, pattern: plainText, description: '上一页的 next' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}

export const ShiftSchema = Type.Object({
  shiftId: Type.String({ maxLength: 60, pattern: plainText }),
  name: Type.String({ maxLength: 40 }),
  startsAt: EpochMs,
  endsAt: EpochMs,
})

/** RFC 9457 problem details, with our code and the Chinese sentence in `detail`'s usual place for people, `title`. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String({ description: '给人看的一句话' }),
  status: Type.Integer(),
  code: Type.String(),
  retryable: Type.Boolean(),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  instance: Type.Optional(Type.String()),
})
export type Problem = Static<typeof Problem>
