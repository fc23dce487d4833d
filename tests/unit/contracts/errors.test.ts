/** The error catalogue: every sentence fit for a person at a seat, every place in it filled. */
import { describe, expect, it } from 'vitest'
import { appError, errorCatalogue, errorCodes, isErrorCode } from '#shared/contracts/errors'

const entries = errorCodes.map((code) => ({ code, ...errorCatalogue[code] }))

describe('the error catalogue', () => {
  it('gives every code as area/whatHappened', () => {
    expect(errorCodes.filter((code) => !/^[a-z][A-Za-z]*\/[a-z][A-Za-z]*$/.test(code))).toEqual([])
  })

  it('says every sentence in Chinese and ends it with a full stop', () => {
    expect(entries.filter(({ message }) => !/[\u4e00-\u9fff]/.test(message) || !message.endsWith('。'))).toEqual([])
  })

  it('uses full-width punctuation', () => {
    expect(entries.filter(({ message }) => /[,;:()!?]|[\u4e00-\u9fff]\./.test(message))).toEqual([])
  })

  it('says no sentence twice', () => {
    const messages = entries.map(({ message }) => message)
    expect(messages.filter((message, index) => messages.indexOf(message) !== index)).toEqual([])
  })

  it('gives an HTTP status for a failure, and names every place by one word', () => {
    expect(entries.filter(({ status }) => !Number.isInteger(status) || status < 400 || status > 599)).toEqual([])
    expect(entries.filter(({ message }) => /[{}]/.test(message.replace(/\{\w+\}/g, '')))).toEqual([])
  })

  it('never calls a missing permission, an unknown record or invalid content worth repeating unchanged', () => {
    expect(entries.filter(({ status, retryable }) => retryable && [400, 401, 403, 404, 412, 413, 415, 422, 428].includes(status))).toEqual(
      [],
    )
  })
})

describe('an error built from a code', () => {
  it('carries the sentence with its places filled, and the detail for machines', () => {
    expect(appError('seat/taken', { seatNo: '02', name: '王芳' })).toEqual({
      code: 'seat/taken',
      message: '坐席 02 正由 王芳 使用；请先在那里签出。',
      retryable: false,
      detail: { seatNo: '02', name: '王芳' },
    })
  })

  it('fills in a zero, and shows a dash for what is not known', () => {
    expect([
      appError('auth/wrongPassword', { remaining: 0 }).message,
      appError('auth/wrongPassword').message,
      appError('auth/wrongPassword', { remaining: null }).message,
    ]).toEqual(['账号或口令不正确，还可再试 0 次。', '账号或口令不正确，还可再试 — 次。', '账号或口令不正确，还可再试 — 次。'])
  })

  it('takes what is filled in as it is, braces and dollar signs too', () => {
    expect(appError('record/exists', { key: '$& {key} $1' }).message).toBe('编号 $& {key} $1 已存在，请换一个。')
  })

  it('has no detail when none was given', () => {
    expect(appError('central/offline')).toEqual({
      code: 'central/offline',
      message: errorCatalogue['central/offline'].message,
      retryable: true,
    })
  })

  it('leaves no place open for any code', () => {
    expect(errorCodes.map((code) => appError(code).message).filter((message) => /[{}]/.test(message))).toEqual([])
  })
})

describe('a code that came from elsewhere', () => {
  it('is recognised only when the catalogue has it', () => {
    expect(['seat/taken', 'seat/lost', 'toString', '__proto__', ''].map(isErrorCode)).toEqual([true, false, false, false, false])
  })
})
